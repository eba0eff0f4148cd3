"""Mystery visits: planned, reported on a phone, compared with the book."""
