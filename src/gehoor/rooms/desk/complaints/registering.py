"""What this part registers with the rooms below."""


def register() -> None:
    """Called once, when the room is ready."""
