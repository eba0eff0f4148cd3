"""The screens of this room: looking at needs, and deciding about them."""
