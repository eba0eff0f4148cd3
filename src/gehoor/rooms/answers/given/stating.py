"""What of an answer cannot state anything: numbers that say where something stands, and sentences that send elsewhere.

It is blanked, not cut out, so that every place in the text stays right.
"""

import re

from gehoor.analysis.needs.sentences import sentences

_ELSEWHERE = re.compile(
    r"\b(?:verwijs|verwezen|verwijzen|verwijst|refer(?:red|s)?)\b[^\n]*?\b(?:antwoord\w*|vra(?:ag|gen)|answers?|question"
    r"|bulletin)\b"
    r"|\bantwoord (?:is|werd|wordt) (?:\w+ )?(?:geformuleerd|gegeven|verstrekt) door\b"
    r"|\b(?:val(?:t|len)|behoor(?:t|en)|ressorte(?:ert|ren)) (?:\w+ )?(?:onder|tot|binnen) (?:de|mijn|zijn|haar)"
    r" bevoegdhe"
    r"|\bfalls? (?:\w+ )?(?:under|within) the (?:remit|competence|responsibility) of\b",
    re.IGNORECASE,
)
"""A sentence that sends the reader to an answer given elsewhere: its numbers say where, not what."""
_MORE = r"(?:\s{0,2}(?:,|en|tot(?: en met)?|t/m|and|to|&)\s{0,2}\d{1,6}(?:[./-]\d{1,6}){0,3}){0,12}"
"""The other numbers of "artikels 16, 28 en 30"."""
_PLACE = re.compile(
    r"(?<!\d)\d{6,}(?:-\w{1,6}){1,6}|(?<![\d.,])\d{9,}(?![\d.,]*\d)|(?<!\d)\d\d(?:\.\s?\d\d){3,8}(?!\d)"
    r"|\b(?:nrs?\.?|blz\.?|pag\.|p\.|art\.?|artikel(?:en|s)?|articles?|paragra(?:af|fen|phs?)|vra(?:ag|gen)|questions?"
    rf"|bijlagen?|annex|tabel(?:len)?|tables?|hoofdstuk(?:ken)?|chapters?)\s{{0,2}}\d{{1,6}}(?:[./-]\d{{1,6}}){{0,3}}{_MORE}"
    r"|\bzaak [A-Z]-\d{1,4}/\d{1,4}"
    r"|\b(?:richtlijn|verordening|directive|regulation)\s(?:\(\w{2,4}\)\s?)?(?:n[or]\.?\s?)?\d{1,4}/\d{1,4}(?:/\w{2,4})?"
    r"|\((?:EG|EU|EEG|EC|EEC)\)\s?(?:n[or]\.?\s?)?\d{1,4}/\d{1,4}"
    r"|(?<!\d)(?:19|20)\d\d\s?-\s?(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
"""Articles, pages, cases, directives, numbers of documents, budgets and sittings."""
_ITEM = re.compile(
    r"(?:(?:(?<=^)|(?<=\n)|(?<=[.?!:;)] )|(?<=[.?!:;)]))\d{1,2}"
    r"(?:[.)]?\s{0,2}(?:[a-z]\)\s{0,2})?(?:,|en|tot(?: en met)?|t/m|and|to)\s{0,2}\d{1,2}){0,6}|(?<=[a-z])\d)"
    r"[.)](?=\s{0,3}(?:[A-Z]|[a-z]\)|,))"
)
"""The number before an item of a list, or several ("2 en 3. Tot op heden ...")."""


def stating(text: str) -> str:
    """The same length, with everything blank that states nothing."""
    plain = text
    for pattern in (_ITEM, _PLACE):
        plain = pattern.sub(lambda found: " " * len(found[0]), plain)
    if not _ELSEWHERE.search(plain):
        return plain
    for start, end in sentences(plain):
        if _ELSEWHERE.search(plain, start, end):
            plain = plain[:start] + " " * (end - start) + plain[end:]
    return plain
