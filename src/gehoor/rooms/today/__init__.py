"""Vandaag: what is new, what to read, what moved."""
