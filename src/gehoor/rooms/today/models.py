"""Today keeps nothing of its own."""
