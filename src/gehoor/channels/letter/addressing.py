"""An address as the post wants it on an envelope (PostNL: at most six lines, place in capitals, country last)."""

import re

from gehoor.channels.outgoing import Addressee, PostalAddress
from gehoor.channels.typesetting.plain import plain_text
from gehoor.kernel.errors import CannotDeliver
from gehoor.kernel.language import sentence

MOST_SIGNS = 260
"""Of a whole address: more cannot be read through a window."""
MOST_LINES = 6

_DUTCH_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Za-z]{2})")
_HOME = frozenset(
    {"", "nl", "nld", "nederland", "the netherlands", "netherlands", "holland", "pays-bas", "niederlande"}
)
_SPACE = "\u00a0"
"""Keeps a postcode and its place together."""


def address_lines(to: Addressee) -> list[str]:
    """From the name to the country. Raises CannotDeliver where an address is missing, or too long for a window."""
    postal = to.postal
    if postal is None or not postal.place.strip() or not (postal.street.strip() or postal.postcode.strip()):
        raise CannotDeliver(why=sentence("there is no postal address"))
    lines = [each for part in (to.name, postal.street) for each in _lines(part)]
    lines += [place_line(postal), *([_line(postal.country).upper()] if is_abroad(postal) else [])]
    if len(lines) > MOST_LINES or sum(map(len, lines)) > MOST_SIGNS:
        raise CannotDeliver(why=sentence("the postal address does not fit in the window of an envelope"))
    return lines


def one_line(postal: PostalAddress) -> str:
    """Street, postcode and place, for a return address and a letterhead."""
    return ", ".join(
        each for each in (_line(postal.street), f"{_postcode(postal)} {_line(postal.place)}".strip()) if each
    )


def place_line(postal: PostalAddress) -> str:
    """ "3511 AB  UTRECHT": two spaces, and capitals, as PostNL asks."""
    return f"{_postcode(postal)}{_SPACE * 2}{_line(postal.place).upper()}".strip(_SPACE)


def is_abroad(postal: PostalAddress) -> bool:
    """Whether the country has to be written."""
    return _line(postal.country).casefold() not in _HOME


def _postcode(postal: PostalAddress) -> str:
    given = _line(postal.postcode)
    dutch = _DUTCH_POSTCODE.fullmatch(given)
    if dutch and not is_abroad(postal):
        return f"{dutch[1]}{_SPACE}{dutch[2].upper()}"
    return given


def _line(text: str) -> str:
    return " ".join(plain_text(text).split())


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in plain_text(text).split("\n") if line.strip()]
