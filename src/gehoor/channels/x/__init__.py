"""The channel x: posts and mentions."""
