"""Who of ours gave an answer, as far as the text itself says so surely."""

import re

_NAME = r"[A-Z][\w'’-]+(?: (?:van|de|der|den|ten|ter|te|het|'t|el|al))*(?: [A-Z][\w'’-]+){1,3}"
_SPEAKS = re.compile(
    rf"\b(?:u spreekt met|spreekt u met|met|my name is|mijn naam is|this is|you are speaking (?:with|to))"
    rf" ({_NAME})(?=\s*(?:$|[.,!?;\n]|van |from |waarmee|hoe |how ))"
)
_SIGNS = re.compile(
    r"(?:(?:vriendelijke|hartelijke|beste) groet(?:en)?|hoogachtend|(?:kind|best|warm) regards|yours \w+|groet(?:en)?)"
    rf"\W*\n?\W*({_NAME})(?=\s*(?:$|[,\n]))",
    re.IGNORECASE,
)
_LAST_LINE = re.compile(rf"\n\s*({_NAME})\s*$")
_NOBODY = re.compile(
    r"\b(?:de|het|the|uw|your)\s|huis\b|bank\b|service|afdeling|team\b|department|desk\b|verzeker|hypothe|b\.?v\.?$|webcare",
    re.IGNORECASE,
)
"""A name with one of these is an organisation's or a department's."""
_HEAD = 400
"""Characters at the beginning of a turn or a reply in which someone says who they are."""


def adviser_in(text: str) -> str:
    """The first and last name of who speaks or signs here; "" where it is not sure."""
    tail = text[-_HEAD:]
    candidates = [*(found[1] for found in _SPEAKS.finditer(text[:_HEAD]))]
    signed = [found[1] for found in _SIGNS.finditer(tail)]
    last = _LAST_LINE.search(tail)
    candidates += [*signed[-1:], *([last[1]] if last else [])]
    return next((name for name in map(_tidied, candidates) if name[:1].isupper() and not _NOBODY.search(name)), "")


def _tidied(name: str) -> str:
    return " ".join(name.split())[:300]
