"""Sessions: what to read and hear, and the minutes that it took."""
