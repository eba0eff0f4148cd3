"""What a voice is about, without its envelope: no greeting, sign-off or reference numbers, nor our side of a call.

These say in which channel and language someone spoke, and to whom; left in, they group letters with letters and calls
with calls. They are blanked out, not cut out, so that every offset into the text stays right.
"""

import re

from gehoor.analysis.text import turns
from gehoor.kernel.patterns import regex

_FEWEST_WORDS = 3
_CLOSING_LINES = 5

_OPENINGS = (
    "(?:zeer )?geachte|beste|lieve|dag|hallo|hoi|hey|heey|goed?e?n?(?:morgen|middag|n?avond|dag)|moin|l\\.?\\s?s"
    "|dear|hello|hi|good (?:morning|afternoon|evening)|sehr geehrte\\w*|guten tag|bonjour|madame|monsieur"
    "|to whom it may concern"
)
_CLOSINGS = (
    "met (?:de meeste )?(?:vriendelijke|vriendelike|hartelijke|beleefde)?[ ]?(?:groet|hoogachting)\\w*"
    "|(?:vriendelijke|hartelijke|beste) groet\\w*|hoogachtend|groet(?:en|jes)?|mvg|m\\.v\\.g"
    "|(?:kind|best|warm|with kind)? ?regards|yours \\w+|sincerely|cordialement|mit freundlichen"
)
_HEADINGS = (
    "betreft|betr|onderwerp|kenmerk|ons kenmerk|uw kenmerk|klant(?:nummer|nr)?|polisnummer|contractnummer|customer"
    "|client|reference|ref|aan|datum|tel(?:efoon)?|e-?mail"
)
_GREETING = regex(
    rf"^[ \t>]*(?:{_OPENINGS})\b\.?(?:[^\n.!?:]{{0,45}},[ \t]*$|(?:[ \t]{{1,3}}[^\s,.!?:]{{1,30}}){{0,5}}(?:[,.!:]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING = regex(rf"^[ \t]*(?:{_CLOSINGS})\b.*$", re.IGNORECASE | re.MULTILINE)
_ABOUT = regex(rf"^[ \t]*(?:{_HEADINGS})\b[^\n]{{0,80}}$", re.IGNORECASE | re.MULTILINE)
_NUMBERED = regex(
    r"(?:\b(?:klant|customer|client|contract|polis|dossier)\s?(?:nummer|nr|number|no)?\.?\s{0,3}(?:is|:)?\s{0,3})?"
    r"\b[A-Z]{2,5}[- ]?\d{4,}\b"
    r"|\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}[ ]?(?:\d[ ]?){8,12}\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+"
    r"|(?<!\w)(?:\+31|0)[ -]?\d(?:[ -]?\d){8}\b"
    r"|(?<!\w)@\w{2,}"
    r"|https?://\S+",
    re.IGNORECASE,
)
"""Every repetition that may run into the next is bounded, so that hostile text costs no more than its length."""
_MAY_BE_NUMBERED = regex(r"[\d@]|://")
"""Nearly all texts hold none of these, and are spared the search for numbers."""
_WORDS_IN_A_LINE = 12
_VISIBLE = regex(r"[^\n]")


def _blank(text: str) -> str:
    return _VISIBLE.sub(" ", text)


def _blank_all(pattern: re.Pattern[str], text: str, most_words: int = 10_000) -> str:
    def instead(found: re.Match[str]) -> str:
        return _blank(found[0]) if len(found[0].split()) <= most_words else found[0]

    return pattern.sub(instead, text)


def _without_our_turns(text: str) -> str:
    """Blank our own side of a transcript, and the labels of the other."""
    kept: list[str] = []
    at = 0
    for turn in turns(text):
        said = turn.end if turn.ours else turn.begin
        kept += [text[at : turn.start], _blank(text[turn.start : said])]
        at = said
    return "".join([*kept, text[at:]])


def _without_closing(text: str) -> str:
    """From the last sign-off on, when only a name and address can follow it."""
    every = list(_CLOSING.finditer(text))
    if not every:
        return text
    found = every[-1]
    after = [line for line in text[found.end() :].splitlines() if line.strip()]
    short = len(after) <= _CLOSING_LINES and all(len(line.split()) <= 6 for line in after)
    end = len(text) if short else found.end()
    return text[: found.start()] + _blank(text[found.start() : end]) + text[end:]


def matter(text: str) -> str:
    """The same length, with everything blank that only says who speaks to whom. A text of nothing else stays whole."""
    left = _without_closing(_without_our_turns(text))
    left = _blank_all(_ABOUT, left, _WORDS_IN_A_LINE)
    left = _blank_all(_GREETING, left)
    if _MAY_BE_NUMBERED.search(left):
        left = _blank_all(_NUMBERED, left)
    return left if len(left.split()) >= _FEWEST_WORDS else text
