"""Questions: which entry of the answer book one is about, and whether two are the same question."""
