"""What people are waiting for: voices into asks, asks into needs on levels, names, quotes and counter-voices."""
