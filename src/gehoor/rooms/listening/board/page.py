"""The letter as it is read: its words for the screen, and the page for the printer."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.translation import override

from gehoor.channels.typesetting import typeset
from gehoor.rooms.listening.board.quoting import known_names, quote_of
from gehoor.rooms.listening.models.board import BoardLetter, BoardQuote
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.voices.weight import current_table, minutes_of

_TEMPLATE = Path(__file__).with_name("board.typ")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A voice on the letter: its words as they may be shown, and what it was."""

    quote: BoardQuote
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page, in the letter's language. ``lost`` is how many of its voices were erased since."""

    words: Mapping[str, str]
    organisation: str
    quotes: list[Quoted]
    lost: int


def page_of(letter: BoardLetter) -> Page:
    """The letter, written."""
    quotes = list(letter.quotes.select_related("voice").order_by("position"))
    names = {*known_names([each.voice for each in quotes]), *letter.also_blotted}
    with override(letter.language):
        words = _words(letter)
        written = [Quoted(each, quote_of(each, names, letter.language), _by(each)) for each in quotes]
    return Page(words, current_letterhead().name, written, 3 - len(quotes))


def _words(letter: BoardLetter) -> dict[str, str]:
    """One line of the template a word: ``name=text``."""
    text = render_to_string("listening/board_words.txt", {"letter": letter, "figures": letter.figures})
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name.strip(): " ".join(said.split()) for name, _, said in pairs}


def _by(quote: BoardQuote) -> str:
    minutes = minutes_of(quote.voice, current_table())
    said = render_to_string("listening/board_said.txt", {"voice": quote.voice, "minutes": minutes}).strip()
    return said[:1].upper() + said[1:]


def printed(letter: BoardLetter, address: str) -> bytes:
    """The page as PDF; ``address`` is where the stack lies. Equal letters give equal bytes."""
    page = page_of(letter)
    data: dict[str, Any] = {
        "language": letter.language,
        "organisation": page.organisation,
        "words": dict(page.words),
        "quotes": [{"text": each.text, "by": each.by} for each in page.quotes],
        "address": re.findall(r"[^/]*/|[^/]+", address),
    }
    return typeset(_TEMPLATE, data, files={"link.svg": _code(address)})


@cache
def _code(address: str) -> bytes:
    held = io.BytesIO()
    segno.make(address, error="m", micro=False).save(held, kind="svg", border=0, dark="#2a2521", xmldecl=False)
    return held.getvalue()
