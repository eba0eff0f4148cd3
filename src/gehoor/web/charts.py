"""Charts."""


def draw(picture: str) -> bytes | None:
    return None
