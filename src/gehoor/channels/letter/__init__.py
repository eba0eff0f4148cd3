"""The channel letter: what comes on paper."""
