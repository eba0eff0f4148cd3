"""The channel form: the contact form."""
