"""The channel blog: articles about the service."""
