"""A channel of another package, found by its entry point: postcards, which an engine has to make out."""
