"""Answers go out by telephone: a list for the advisers who call, with what to say and room to tick what came of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from gehoor.channels.base import Field
from gehoor.channels.call.number import as_read
from gehoor.channels.outgoing import Letterhead, Outgoing
from gehoor.channels.phrases import CustomerLanguage, day_in_words
from gehoor.channels.typesetting import typeset
from gehoor.channels.typesetting.joining import count_pages, joined
from gehoor.channels.typesetting.plain import Data, paragraphs
from gehoor.kernel.errors import CannotDeliver
from gehoor.kernel.language import sentence

AT_ONCE = 50
"""Calls that are set in one go, so that a long list takes no more memory than a short one."""

_LIST = Path(__file__).with_name("call_list.typ")
_FITS = 1_500
"""Signs of a call that surely fit on a page, so that it need not be broken."""
_WORDS: Mapping[CustomerLanguage, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {
            "title": "Bellijst",
            "call": "gesprek",
            "calls": "gesprekken",
            "caller": "Gebeld door",
            "about": "Waarover",
            "points": "Om te vertellen en te vragen",
            "say": "Zo kunt u het zeggen",
            "reached": "bereikt",
            "voicemail": "voicemail",
            "none": "geen gehoor",
            "again": "terugbellen op",
            "note": "Wat de klant zei",
            "page": "bladzijde",
            "nl": "spreekt Nederlands",
            "en": "spreekt Engels",
        },
        "en": {
            "title": "Call list",
            "call": "call",
            "calls": "calls",
            "caller": "Called by",
            "about": "About",
            "points": "To tell and to ask",
            "say": "How you could say it",
            "reached": "reached",
            "voicemail": "voicemail",
            "none": "no answer",
            "again": "call back on",
            "note": "What the customer said",
            "page": "page",
            "nl": "speaks Dutch",
            "en": "speaks English",
        },
    }
)
_YES = frozenset({"1", "on", "true", "yes"})


class CallListSender:
    """See :class:`gehoor.channels.outgoing.Printer`."""

    kind = "call_list"
    title = sentence("A call list on paper, for advisers")
    channel = "call"
    fields = (
        Field(
            "one_each",
            sentence("Each call on a page of its own"),
            "flag",
            required=False,
            help=sentence("So that the calls can be divided over colleagues."),
        ),
    )

    def check(self, settings: Mapping[str, str]) -> None:
        """Nothing can be wrong with it."""

    def render(self, settings: Mapping[str, str], letterhead: Letterhead, messages: Sequence[Outgoing]) -> bytes:
        """The list in its order, in the language of its first call. Raises CannotDeliver for who has no number, with
        the message's ``key`` as a field; ValueError for no calls."""
        if not messages:
            raise ValueError("no calls")
        first = messages[0]
        calls = [_call(message, first.language) for message in messages]
        frame: dict[str, Data] = {
            "language": first.language,
            "name": letterhead.name,
            "date": day_in_words(first.dated, first.language),
            "words": _WORDS[first.language],
            "count": len(calls),
            "one_each": settings.get("one_each", "").strip().lower() in _YES,
        }
        parts: list[bytes] = []
        pages = 0
        for begin in range(0, len(calls), AT_ONCE):
            data = {**frame, "calls": calls[begin : begin + AT_ONCE], "before": begin, "pages_before": pages}
            parts.append(typeset(_LIST, data))
            pages += count_pages(parts[-1])
        return joined(parts)


def _call(message: Outgoing, language: CustomerLanguage) -> dict[str, Data]:
    """One call. What the customer hears is in the customer's language; that it is another one is said."""
    address = message.to.address
    number = as_read(address.value) if address and address.kind == "phone" else ""
    if not number:
        raise CannotDeliver(why=sentence("there is no telephone number"), key=message.key)
    return {
        "name": " ".join(message.to.name.split()),
        "number": number,
        "speaks": _WORDS[language][message.language] if message.language != language else "",
        "language": message.language,
        "subject": " ".join(message.subject.split()),
        "points": [" ".join(point.split()) for point in message.points],
        "paragraphs": paragraphs(message.text),
        "fits": len(message.text) + sum(map(len, message.points)) < _FITS,
    }


SENDER = CallListSender()
