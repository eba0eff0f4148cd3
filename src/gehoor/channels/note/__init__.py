"""The channel note: what was written down of what a customer said."""
