"""What was said and replied, and the originals."""
