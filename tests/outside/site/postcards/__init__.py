"""Postcards: a channel as another package would bring it."""
