"""A draft as someone pastes it: what of it is ours, and its sentences. Positions always count in the draft as shown."""

import re
from dataclasses import dataclass

from gehoor.analysis.agreement.tokens import sentences
from gehoor.channels.email.charset import decode
from gehoor.channels.email.lines import Line
from gehoor.channels.email.quoting import tell_apart

LONGEST = 20_000
"""Characters that are read: some eight pages of a letter. What comes after is not checked, and the result says so."""
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOOKS_LIKE_MARKUP = re.compile(
    r"</?(?:p|br|div|span|table|td|li|b|i|strong|em|html|body|script|style)\b[^<>]{0,300}>", re.I
)
_NOT_READ = re.compile(r"<(script|style)\b[^<>]{0,300}>.{0,20000}?</\1\s{0,9}>", re.I | re.S)
_TAG = re.compile(r"</?[a-z!][^<>]{0,500}>", re.I)
_OWN = "Dit is van ons."
"""Stands above the draft while it is told apart, so that a draft which only quotes is history from its first line."""


@dataclass(frozen=True, slots=True)
class Draft:
    """``text`` is what is shown. ``ours`` is as long, with what is not ours to check as spaces: history that is quoted,
    a signature, markup. ``cut``: the draft went on past :data:`LONGEST`. ``quoted``: something in it was history."""

    text: str
    ours: str
    cut: bool = False
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Nothing of it is ours to check."""
        return not self.ours.strip()

    @property
    def own(self) -> str:
        """What is ours, without the rest."""
        return re.sub(r"\n\s*\n\s*", "\n\n", self.ours).strip()

    def sentences(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence of ours, in order, without the white space around it."""
        found = []
        for start, end in sentences(self.ours):
            said = self.ours[start:end]
            first = start + len(said) - len(said.lstrip())
            if said.strip():
                found.append((first, first + len(said.strip())))
        return found


def read_draft(given: str | bytes) -> Draft:
    """A draft of whatever was pasted or piped in; nothing is refused."""
    text = decode(given[: 4 * LONGEST + 4]) if isinstance(given, bytes) else given[: LONGEST + 2]
    cut = len(given) > 4 * LONGEST + 4 or len(text) > LONGEST
    text = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    ours, quoted = _without_history(_without_markup(text))
    return Draft(text, ours, cut, quoted)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _without_markup(text: str) -> str:
    if not _LOOKS_LIKE_MARKUP.search(text):
        return text
    return _TAG.sub(_blank, _NOT_READ.sub(_blank, text))


def _without_history(text: str) -> tuple[str, bool]:
    """The text with every line that is history or signature blank, and whether there was history."""
    lines = text.split("\n")
    told = tell_apart([Line(_OWN), Line(""), *map(Line, lines)])
    new = told.text.split("\n")[1:]
    kept, at = [], 0
    for line in lines:
        while at < len(new) and not new[at].strip() and line.strip():
            at += 1
        ours = at < len(new) and new[at] == line
        at += ours
        kept.append(line if ours else " " * len(line))
    return "\n".join(kept), bool(told.quoted.strip())
