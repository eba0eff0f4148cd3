"""The channel survey: the open answer, with the score beside it."""
