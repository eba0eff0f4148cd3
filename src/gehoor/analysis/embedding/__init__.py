"""Text to vectors: a slow teacher that knows languages, a quick student that it teaches, and where vectors are kept."""
