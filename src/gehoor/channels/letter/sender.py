"""Answers go out as letters: one PDF for a print run, which people print, fold and post."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from gehoor.channels.letter.addressing import address_lines, one_line
from gehoor.channels.letter.window import FIELDS, HEIGHT, WIDTH, Choices, read_choices
from gehoor.channels.outgoing import Letterhead, Outgoing
from gehoor.channels.phrases import CLOSING, CustomerLanguage, day_in_words
from gehoor.channels.typesetting import typeset
from gehoor.channels.typesetting.joining import count_pages, joined
from gehoor.channels.typesetting.plain import Data, paragraphs
from gehoor.kernel.errors import CannotDeliver
from gehoor.kernel.language import sentence

AT_ONCE = 50
"""Letters that are set in one go: more take no less time a letter, and ever more memory."""

_LONGEST_RETURN = 85
"""Signs of a return address that can be read on one line."""
_LETTER = Path(__file__).with_name("letter.typ")
_COVER = Path(__file__).with_name("cover.typ")
_WORDS: Mapping[CustomerLanguage, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {"subject": "Betreft:", "of": "van", "letters": "Brieven"},
        "en": {"subject": "Subject:", "of": "of", "letters": "Letters"},
    }
)
_COVER_WORDS: Mapping[CustomerLanguage, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {
            "title": "Brieven om te versturen",
            "letters": "brieven",
            "sheets": "vellen papier",
            "pages": "bladzijden, witte meegeteld",
            "advice": "Dit blad gaat niet mee. Print op 100 %, zonder aanpassen aan de pagina: anders staat het adres "
            "niet achter het venster.",
        },
        "en": {
            "title": "Letters to post",
            "letters": "letters",
            "sheets": "sheets of paper",
            "pages": "pages, blank ones included",
            "advice": "This sheet stays here. Print at 100%, without fitting to the page: otherwise the address is not "
            "behind the window.",
        },
    }
)


class LetterSender:
    """See :class:`gehoor.channels.outgoing.Printer`."""

    kind = "print"
    title = sentence("Letters on paper, to print and post")
    channel = "letter"
    fields = FIELDS

    def check(self, settings: Mapping[str, str]) -> None:
        """Whether the choices go together. Raises Refused."""
        read_choices(settings)

    def render(self, settings: Mapping[str, str], letterhead: Letterhead, messages: Sequence[Outgoing]) -> bytes:
        """The letters in their order. Raises CannotDeliver (its field ``key`` says for which); ValueError for none."""
        if not messages:
            raise ValueError("no letters")
        choices = read_choices(settings)
        letters = [_letter(message, letterhead) for message in messages]
        parts = [
            _set(letters[begin : begin + AT_ONCE], letterhead, choices, messages[begin])
            for begin in range(0, len(letters), AT_ONCE)
        ]
        if choices.cover:
            parts.insert(0, _cover(parts, letterhead, choices, messages))
        return joined(parts, both_sides=choices.both_sides)


def _letter(message: Outgoing, letterhead: Letterhead) -> dict[str, Data]:
    words = _WORDS[message.language]
    try:
        address = address_lines(message.to)
    except CannotDeliver as error:
        raise CannotDeliver(**error.fields, key=message.key) from None
    day = day_in_words(message.dated, message.language)
    place = letterhead.postal.place.strip() if letterhead.postal else ""
    return {
        "language": message.language,
        "address": address,
        "date": day,
        "place_and_date": f"{place}, {day}" if place else day,
        "subject": f"{words['subject']} {' '.join(message.subject.split())}",
        "paragraphs": paragraphs(message.text),
        "closing": "" if message.signed_by == "" else CLOSING[message.language],
        "signed_by": "" if message.signed_by is None else message.signed_by,
        "of": words["of"],
    }


def _set(letters: Sequence[Data], letterhead: Letterhead, choices: Choices, first: Outgoing) -> bytes:
    data: dict[str, Data] = {
        "title": f"{_WORDS[first.language]['letters']}, {day_in_words(first.dated, first.language)}",
        "head": _head(letterhead),
        "letters": letters,
        "window": {"left": choices.left, "top": choices.top, "width": WIDTH, "height": HEIGHT},
        "both_sides": choices.both_sides,
        "fold": choices.fold_marks,
    }
    return typeset(_LETTER, data)


def _head(letterhead: Letterhead) -> dict[str, Data]:
    postal = letterhead.postal
    home = [postal.street, one_line(postal).removeprefix(f"{postal.street}, ")] if postal else []
    lines: list[Data] = [each for each in (*home, letterhead.phone, letterhead.email, letterhead.website) if each]
    return {
        "name": letterhead.name,
        "lines": lines,
        "sender": _return_address(letterhead),
        "signed_by": letterhead.signed_by,
        "signed_as": letterhead.signed_as,
    }


def _return_address(letterhead: Letterhead) -> str:
    """On one line; where that is too long without the name, which the post needs least."""
    if letterhead.postal is None:
        return ""
    whole = f"{letterhead.name} · {one_line(letterhead.postal)}"
    return whole if len(whole) <= _LONGEST_RETURN else one_line(letterhead.postal)


def _cover(parts: Sequence[bytes], letterhead: Letterhead, choices: Choices, messages: Sequence[Outgoing]) -> bytes:
    """The sheet on top, in the language of the first letter."""
    first = messages[0]
    words = _COVER_WORDS[first.language]
    pages = [count_pages(part) for part in parts]
    sheets = sum(-(-each // 2) for each in pages) if choices.both_sides else sum(pages)
    figures: list[Data] = [[str(len(messages)), words["letters"]], [str(sheets), words["sheets"]]]
    if choices.both_sides:
        figures.append([str(sum(pages)), words["pages"]])
    data: dict[str, Data] = {
        "language": first.language,
        "title": words["title"],
        "name": letterhead.name,
        "date": day_in_words(first.dated, first.language),
        "figures": figures,
        "advice": words["advice"],
    }
    return typeset(_COVER, data)


SENDER = LetterSender()
