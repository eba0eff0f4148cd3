"""Given answers: found, grouped by question, held against each other and against the book."""
