"""A watched folder: brings every file that is put there, for every channel."""
