"""Plain text files, for every channel."""
