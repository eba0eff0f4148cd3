"""What templates of the desk can ask for."""
