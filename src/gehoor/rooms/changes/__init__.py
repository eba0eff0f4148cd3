"""Changes: asked, decided, done, told, measured."""
