"""The board letter: one printed page for a meeting, and a stack of ten minutes behind its link."""
