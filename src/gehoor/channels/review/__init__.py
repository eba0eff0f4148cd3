"""The channel review: reviews with stars or a mark."""
