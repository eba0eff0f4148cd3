"""The pages of cases: looking at them, and acting in them."""
