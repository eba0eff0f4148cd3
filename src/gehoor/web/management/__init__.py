"""Commands for who runs Gehoor."""
