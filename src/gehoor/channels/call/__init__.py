"""The channel call: telephone calls."""
