"""Dossiers, and the identities that prove who someone is."""
