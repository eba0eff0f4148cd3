"""Keeps what was asked and what was drawn, on disk, under a hash; within bounds, and safe to throw away."""

import json
import os
import re
import time
from pathlib import Path
from typing import Literal

import vl_convert
from django.conf import settings
from django.utils import translation

from gehoor.kernel.ids import key_of
from gehoor.web.charts.asked import Asked, Column
from gehoor.web.charts.drawing import specification
from gehoor.web.charts.house import SHADES, SIZES, config

STYLE = 3
"""Raise this when pictures are drawn differently: addresses change, and no browser keeps an old one."""

_KEPT_DAYS = 7
_KEPT_FILES = 1_000
_NAME = re.compile(r"(?P<key>[0-9a-f]{40})-(?P<shade>light|dark)-(?P<size>wide|half|narrow)")
_LOCALES: dict[str, Literal["nl-NL", "en-GB"]] = {"nl": "nl-NL", "en": "en-GB"}


def _folder() -> Path:
    folder: Path = settings.HOME.folder("pictures")
    return folder


def _write(file: Path, data: bytes) -> None:
    new = file.with_suffix(f".{os.getpid()}.new")
    new.write_bytes(data)
    new.replace(file)


def keep(asked: Asked) -> str:
    """Keep what was asked; returns the key that stands in the address of its pictures."""
    data = json.dumps(asked.as_json(), sort_keys=True, ensure_ascii=False).encode()
    key = key_of(["chart", STYLE, data]).hex()[:40]
    file = _folder() / f"{key}.json"
    if file.exists():
        os.utime(file)
    else:
        _write(file, data)
        prune()
    return key


def prune(now: float | None = None) -> None:
    """Throw away what nobody asked for in a week, and the oldest past the bound. All of it can be drawn again."""
    files = sorted(_folder().iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    old = (time.time() if now is None else now) - _KEPT_DAYS * 86_400
    for position, file in enumerate(files):
        if position >= _KEPT_FILES or file.stat().st_mtime < old:
            file.unlink(missing_ok=True)


def draw(picture: str) -> bytes | None:
    """The SVG of an address, drawn now or before; None when nothing was asked under it (any more)."""
    match = _NAME.fullmatch(picture)
    if match is None:
        return None
    file = _folder() / f"{picture}.svg"
    if file.exists():
        return file.read_bytes()
    request = _folder() / f"{match['key']}.json"
    if not request.exists():
        return None
    asked = Asked.from_json(json.loads(request.read_text(encoding="utf-8")))
    drawn = _svg(asked, match["shade"], match["size"])
    _write(file, drawn)
    return drawn


def _svg(asked: Asked, shade: str, size: str) -> bytes:
    with translation.override(asked.language):
        spec = specification(asked, SHADES[shade], SIZES[size])
    locale = _LOCALES.get(asked.language, "en-GB")
    svg: str = vl_convert.vegalite_to_svg(
        spec,
        config=config(SHADES[shade], SIZES[size]),
        allowed_base_urls=[],
        format_locale=locale,
        time_format_locale=locale,
    )
    return svg.encode()


def warm() -> None:
    """Draw one small picture, so that the first visitor does not wait three seconds for it."""
    month = Column("month", "")
    _svg(Asked("trend", ({"month": "2025-01-01", "n": 1.0},), month, Column("n", "")), "light", "wide")
