"""The interface for programs: every room's routes under one address, one shape of error, one document."""
