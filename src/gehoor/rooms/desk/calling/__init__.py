"""Who is calling: one sentence of situation within a second."""
