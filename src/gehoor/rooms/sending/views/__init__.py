"""The screens of sending."""
