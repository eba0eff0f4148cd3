"""Gehoor: software with which an organisation truly listens to its customers."""

__version__ = "0.1.0"
