"""Mastodon, and what speaks as it does."""
