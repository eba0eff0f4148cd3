"""The channel chat: conversations in writing while both are there."""
