"""Puts a letter on paper: who writes, to whom, where and when, about what, the text; clean still, in grey."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw

from gehoor.demo.faces import SANS, Face, Font
from gehoor.demo.files import Said

DOTS_AN_INCH = 170
PAGE = (round(8.27 * DOTS_AN_INCH), round(11.69 * DOTS_AN_INCH))
RECEIVER = ("Hypotheekhuis De Linde", "T.a.v. klantenservice", "Postbus 40117", "3804 AC Amersfoort")
SEPARATOR = (
    ("SCHEIDINGSVEL", 22, 0.34),
    ("Na dit vel begint een nieuwe brief.", 14, 0.4),
    ("Scheidingsvel: terug naar de postkamer.", 14, 0.43),
)
"""What stands on the sheet between two letters: text, points, how far down the page."""
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_ONLY_NUMBER = re.compile(r"(?:klant(?:nummer)? )?LIN-\d+", re.IGNORECASE)
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.125, 0.9, 0.065, 0.93
"""Where the text stands, in widths and heights of the page."""
_PAPER, _INK = 255, (10, 60)


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone lives."""

    street: str
    postcode: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of writing; ``above`` is the white over it, in lines."""

    text: str
    above: float = 0.0


def paragraphs_of(said: Said, address: Address) -> list[str]:
    """All that stands on the paper, block by block; lines of one block end where the writer ended them."""
    sender = (
        said.line["author"],
        address.street,
        f"{address.postcode} {said.person['town']}",
        *_numbers(said),
    )
    day = f"{said.person['town']}, {said.at.day} {_MONTHS[said.at.month - 1]} {said.at.year}"
    body = [block for block in said.line["text"].split("\n\n") if not _ONLY_NUMBER.fullmatch(block.strip())]
    return ["\n".join(sender), "\n".join(RECEIVER), day, f"Betreft: {said.line['subject']}", *body]


def _numbers(said: Said) -> Iterator[str]:
    """What the writer is known by, as far as they put it there."""
    if number := said.shows("customer_number"):
        yield f"Klantnummer: {number}"
    if phone := said.shows("phone"):
        yield f"Telefoon: {phone}"
    if said.address:
        yield f"E-mail: {said.address}"


def letter(said: Said, address: Address, face: Face, leading: float = 1.0) -> list[Image.Image]:
    """The pages of a letter. ``leading`` widens the lines of the face."""
    font = face.font(DOTS_AN_INCH)
    rows = list(_rows(paragraphs_of(said, address), font, PAGE[0] * (_RIGHT - _LEFT)))
    rng = np.random.default_rng(zlib.crc32(said.line["id"].encode()))
    height = face.points * DOTS_AN_INCH / 72 * face.leading * leading
    return [_page(rows, font, face, height, rng) for rows in _over_pages(rows, height)]


def separator() -> Image.Image:
    """The sheet that a post room lays between two letters."""
    page = Image.new("L", PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    for text, points, down in SEPARATOR:
        font = replace(SANS, points=points).font(DOTS_AN_INCH)
        draw.text((PAGE[0] / 2, PAGE[1] * down), text, font=font, fill=20, anchor="mm")
    return page


def _rows(blocks: Sequence[str], font: Font, width: float) -> Iterator[_Row]:
    for number, block in enumerate(blocks):
        above = 0.0 if not number else 2.2 if number in (1, 2, 4) else 1.0
        for text in block.split("\n"):
            for line in _wrapped(text, font, width):
                yield _Row(line, above)
                above = 0.0


def _wrapped(text: str, font: Font, width: float) -> Iterator[str]:
    held = ""
    for word in text.split():
        longer = f"{held} {word}".strip()
        if held and font.getlength(longer) > width:
            yield held
            longer = word
        held = longer
    if held:
        yield held


def _over_pages(rows: Sequence[_Row], height: float) -> Iterator[list[_Row]]:
    room = PAGE[1] * (_BOTTOM - _TOP) / height
    held: list[_Row] = []
    filled, number = 0.0, 1
    for row in rows:
        if held and filled + row.above + 1 > room:
            yield held
            number += 1
            held, filled = [_Row(f"- {number} -"), _Row(row.text, 1.5)], 3.5
            continue
        held.append(row)
        filled += row.above + 1
    yield held


def _page(rows: Sequence[_Row], font: Font, face: Face, height: float, rng: np.random.Generator) -> Image.Image:
    page = Image.new("L", PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    down = PAGE[1] * _TOP
    space = font.getlength(" ")
    for row in rows:
        down += row.above * height
        across, slope = PAGE[0] * _LEFT, rng.normal(0, 0.0015) if face.is_handwriting else 0.0
        across += rng.uniform(0, 0.3) * height if face.is_handwriting else 0.0
        for word in row.text.split():
            off = rng.normal(0, face.wobble) * height + slope * across
            draw.text((across, down + off), word, font=font, fill=int(rng.integers(*_INK)))
            across += font.getlength(word) + space * (1 + rng.uniform(-1, 1) * 4 * face.wobble)
        down += height
    return page
