"""The screens of this room: looking at changes, beginning them, deciding, asking ten, and telling who asked."""
