"""The channel facebook: comments on a page and messages to it."""
