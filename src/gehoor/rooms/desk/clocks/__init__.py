"""How long a customer waits, in the hours that we work; when someone will hear from us."""
