"""Judges columns by what stands in them: which are open questions, and which is the score."""

import re
from collections.abc import Sequence

from gehoor.channels.table import cells as reads
from gehoor.channels.table.dates import Moments
from gehoor.channels.table.sheet import Cell, as_text

_ASKS_OPENLY = re.compile(
    r"\b(?:toelicht\w*|licht \w+ toe|opmerking\w*|waarom|omschrij\w+|beschrij\w+|vertel\w*|suggesties?|verbeter\w*|"
    r"tips?|complimenten?|kwijt|eigen woorden|open (?:vraag|antwoord)|why|describe|explain|comments?|suggestions?|"
    r"improve\w*|tell us|feedback|free text|open[ -]ended|in your own words|anything else|elaborate|verbatim|"
    r"wat (?:kunnen|kan|zou\w*|vond\w*|vindt|ging|gaat|mist\w*|wilt|moet\w*)|hoe (?:kunnen|kan|zou\w*)|"
    r"what (?:can|could|would|should|did|do|went|is missing))\b",
    re.IGNORECASE,
)
_NO_QUESTION = re.compile(
    r"\b(?:naam|name|adres|address|straat|street|plaats|city|postcode|zip|woonplaats|land|country|agent|browser|"
    r"user agent|referrer|refurl|url|link|ip|device|operating system|version|resolution|topics|sentiment|tags?|"
    r"bedrijf|company|organisatie|organization|functie|filiaal|vestiging|product|afdeling|department|campaign|"
    r"collector|kanaal|channel)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[-+]?\d+(?:[.,]\d+)?\Z")
_PIECES = re.compile(r"\s*[,;|]\s*")
_SEVERAL_WORDS = 2
_SAYING_WORDS = 4
"""Words that an answer to an open question has on average; names and choices have fewer."""
_DISTINCT, _DISTINCT_WHERE_ASKED = 0.3, 0.1
_REPEATED_PIECES = 0.5
_ENOUGH = 5

_NPS = re.compile(r"\bnps\b|promoter|aanbeve\w+|aanraden|recommend\w*|0\s?(?:-|–|tot|t/m|to)\s?10\b", re.IGNORECASE)
_MARK = re.compile(r"rapportcijfer|\bcijfer\b|\bmark\b|\bgrade\b|\bscore\b", re.IGNORECASE)
_RATING = re.compile(
    r"\bcsat\b|\bces\b|tevreden\w*|satisf\w+|moeite|effort|gemak\w*|\beasy\b|ease\b|rating|waardering|beoordeling|"
    r"sterren|stars|1\s?(?:-|–|tot|t/m|to)\s?(?:5|7|10)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"leeftijd|\bage\b|jaar|year|aantal|number of|hoe vaak|how often|how many|hoeveel|postcode|duration|latitude|"
    r"longitude|progress|seed|page|pagina|_group\b|_do\b|click|timing",
    re.IGNORECASE,
)


def is_open(heading: str, cells: Sequence[Cell]) -> bool:
    """Whether a column holds the answers to an open question.

    It does when a good share of what was filled in is distinct and has several words, unless it is a list of choices,
    dates, numbers or addresses. Without any answer, only a heading that asks openly can say so.
    """
    asked = bool(_ASKS_OPENLY.search(heading))
    filled = [text for cell in cells if (text := as_text(cell).strip())]
    if not filled:
        return asked
    if (_NO_QUESTION.search(heading) and not asked) or _holds_facts(filled):
        return False
    distinct = {text.casefold() for text in filled if len(text.split()) >= _SEVERAL_WORDS}
    words = sum(len(text.split()) for text in distinct) / max(len(distinct), 1)
    if len(distinct) < (_DISTINCT_WHERE_ASKED if asked else _DISTINCT) * len(filled) or not distinct:
        return False
    return (asked or words >= _SAYING_WORDS) and not _are_choices(filled)


def _holds_facts(filled: Sequence[str]) -> bool:
    """Mostly numbers, dates, addresses or what machines write."""
    moment = Moments()
    facts = sum(
        bool(_NUMBERED.match(text) or (len(text) < 40 and moment(text)) or text.startswith(("http", "{", "[")))
        or bool(reads.emails(text) and len(text.split()) == 1)
        for text in filled
    )
    return 2 * facts > len(filled)


def _are_choices(filled: Sequence[str]) -> bool:
    """Lists out of a fixed set, such as "price, service", whose pieces come back."""
    pieces = [piece.casefold() for text in filled for piece in _PIECES.split(text) if piece]
    return len(filled) >= _ENOUGH and len(set(pieces)) < _REPEATED_PIECES * len(pieces)


def score_among(headings: Sequence[tuple[int, str]], columns: Sequence[Sequence[Cell]], *, by_contents: bool) -> int:
    """The place of the score, -1 when there is none or it is unclear which it is.

    By name first: recommending (NPS, "0-10"), then a mark ("rapportcijfer"), then satisfaction, effort and other
    ratings; the first of these that fits one column only. With ``by_contents``, a single column of marks is it too.
    """
    marked = [
        (place, heading)
        for (place, heading), cells in zip(headings, columns, strict=True)
        if not _COUNTS.search(heading) and _holds_marks(cells)
    ]
    for names in (_NPS, _MARK, _RATING):
        found = [place for place, heading in marked if names.search(heading)]
        if found:
            return found[0] if len(found) == 1 else -1
    rated = [place for place, _ in marked]
    return rated[0] if by_contents and len(rated) == 1 else -1


def _holds_marks(cells: Sequence[Cell]) -> bool:
    """Numbers on a scale that ends at ten, or a hundred at most."""
    filled = [cell for cell in cells if as_text(cell).strip()]
    marks = [reads.score(cell) for cell in filled if len(as_text(cell)) <= 40]
    known = [mark for mark in marks if mark is not None]
    return bool(filled) and len(known) >= 0.9 * len(filled) and all(-1 <= mark <= 100 for mark in known)
