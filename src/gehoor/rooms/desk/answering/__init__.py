"""Writing an answer, checking it, sending it, and taking it back in time."""
