"""Django commands that are otherwise here."""
