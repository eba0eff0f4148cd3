"""What a case is about, in a few of the customer's own words."""

import re
from collections.abc import Sequence

from gehoor.analysis.text import customers_part
from gehoor.rooms.voices.models import Voice

WORDS = 12
LENGTH = 200
_BEFORE = re.compile(
    r"^\s*(?:(?:re|fwd?|fw|antw|antwoord|doorst|betr|betreft|onderwerp)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_GREETING = re.compile(
    r"^\s*(?:geachte|beste|hallo|hoi|hi|hey|dag|goede(?:morgen|middag|navond|n ?dag)|dear|hello|l\.?s\.?)\b"
    r"[^\n.!?]{0,60}?[,!.\n]\s*",
    re.IGNORECASE,
)
_EMPTY = {
    "vraag",
    "vraagje",
    "klacht",
    "bericht",
    "contactformulier",
    "contact",
    "question",
    "complaint",
    "hallo",
    "hoi",
}
_END = re.compile(r"(?<=[.!?])\s|\n")


def about(voice: Voice, asks: Sequence[tuple[int, int]] = ()) -> str:
    """The subject where it says something, else the question that is asked, else how it begins; at most twelve words.

    ``asks`` are the places in the text in which something is asked."""
    subject = _BEFORE.sub("", voice.subject).strip(" .:-")
    if subject and subject.casefold() not in _EMPTY:
        return _short(subject)
    passages = [voice.text[start:end] for start, end in asks] or [customers_part(voice.text)]
    sentences = [part for passage in passages for part in _sentences(passage)]
    asked = next((each for each in sentences if each.endswith("?") and len(each.split()) > 2), "")
    return _short(asked or next((each for each in sentences if len(each.split()) > 2), " ".join(sentences[:1])))


def _sentences(passage: str) -> list[str]:
    plain = _GREETING.sub("", passage.strip())
    return [part.strip() for part in _END.split(plain) if part.strip()]


def _short(text: str) -> str:
    words = text.split()
    cut = " ".join(words[:WORDS])
    cut = cut if len(cut) < LENGTH else cut[: LENGTH - 2].rstrip()
    return cut.rstrip(" ,;:") + "…" if len(words) > WORDS else cut.rstrip(" ,;:")
