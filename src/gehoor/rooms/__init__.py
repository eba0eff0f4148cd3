"""Django apps, one a concept. A room imports only rooms below it; ARCHITECTURE.md gives the order."""
