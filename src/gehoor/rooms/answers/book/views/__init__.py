"""The screens of the book: looking, writing, facts, ways to ask, what to look at again, files."""
