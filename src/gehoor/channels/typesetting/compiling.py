"""Runs the typesetter: what was written goes in as data, never as source, and it sees no file but those it is given."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import typst

from gehoor.channels.typesetting.errors import CannotTypeset
from gehoor.channels.typesetting.plain import Data, plain

_HOUSE = Path(__file__).with_name("house.typ")
_OWN = ("main.typ", "house.typ", "data.json")
_FROM_ELSEWHERE = re.compile(rb'(import|include)\s*\(?\s*"@')
_PLACE = re.compile(r"([\w.-]+\.typ:\d+)")
_ALWAYS = datetime(2000, 1, 1, tzinfo=timezone.utc)
"""A document says itself of when it is; the moment of making would make equal documents differ."""


def typeset(template: Path | str, data: Mapping[str, Data], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a template: the path of a ``.typ`` file, or Typst source itself.

    The template finds ``data`` with ``json("data.json")``, the house style in ``house.typ``, and what stands in
    ``files`` (pictures, other templates) under its name; nothing else can be read, and no package is fetched. Every
    string of ``data`` comes out as plain text, whatever is in it. Equal input gives equal bytes on one machine. Raises
    :class:`CannotTypeset`; ``ValueError`` for a name in ``files`` that is taken, or source that wants a package.
    """
    beside = dict(files or {})
    if taken := sorted(set(beside) & set(_OWN)):
        raise ValueError(f"these names are taken: {', '.join(taken)}")
    source = template.read_bytes() if isinstance(template, Path) else template.encode()
    sources = {
        **beside,
        "main.typ": source,
        "house.typ": _HOUSE.read_bytes(),
        "data.json": json.dumps(plain(data), ensure_ascii=False).encode(),
    }
    if any(_FROM_ELSEWHERE.search(text) for name, text in sources.items() if name.endswith(".typ")):
        raise ValueError("a template imports no packages")
    return _compiled(sources)


def _compiled(sources: Mapping[str, bytes]) -> bytes:
    """What it reads is looked for among ``sources``, then in the folder that is its root: an empty one."""
    with TemporaryDirectory(prefix="gehoor-") as nothing:
        try:
            return typst.compile(
                cast("str", sources),  # several files at once are taken, which its annotations do not say yet
                root=nothing,
                font_paths=_fonts(),
                package_path=nothing,
                package_cache_path=nothing,
                timestamp=_ALWAYS,
                pdf_tags=True,
            )
        except typst.TypstError as error:
            place = _PLACE.search(error.diagnostic or "")
            # The message itself may quote what a customer wrote.
            raise CannotTypeset(where=place.group(1) if place else "main.typ") from None


@cache
def _fonts() -> typst.Fonts:
    """Those that come with the typesetter; of the system only for what they lack (other scripts, emoji)."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
