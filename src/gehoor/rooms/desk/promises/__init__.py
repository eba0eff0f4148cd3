"""What we told a customer we would do, and by when."""
