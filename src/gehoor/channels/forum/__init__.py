"""The channel forum: topics and posts of customers."""
