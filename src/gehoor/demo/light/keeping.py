"""Writes an export once: its ids and days hold for the home that it was made for."""

import os
from pathlib import Path


def keep(path: Path, data: bytes) -> None:
    """Write a whole file, unless it stands there: a fill that is taken up again on another day brings the same ids."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}")
    part.write_bytes(data)
    os.replace(part, path)
