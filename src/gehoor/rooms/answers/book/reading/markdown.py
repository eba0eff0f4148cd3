"""Questions and answers in Markdown: our own file exactly, and any page whose headings are questions."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.answers.book.content import Form
from gehoor.rooms.answers.book.facts import read_facts
from gehoor.rooms.answers.book.reading.incoming import (
    Incoming,
    Read,
    Unread,
    looked_at,
    read_audience,
    read_day,
    read_id,
    read_language,
    read_state,
)

OWN_MARK = "<!-- gehoor: answers 1 -->"
"""The first line of a file that we wrote."""
ENTRY, ASKED, FORM, END = "<!-- gehoor: entry", "<!-- gehoor: asked so -->", "<!-- gehoor: form", "-->"
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"\s*(```|~~~)")
_UNDERLINE = re.compile(r"(=+|-{3,})\s*$")


def read_markdown(text: str) -> list[Read]:
    """Every entry, or why something is none."""
    if text.lstrip("﻿\n ").startswith(OWN_MARK):
        return list(_own(text.splitlines()))
    return [looked_at(each) for each in _foreign(text.splitlines())]


def escaped(text: str) -> str:
    """Text of an answer so that none of its lines passes for a mark of ours."""
    return "\n".join(f"\\{line}" if re.match(r"\\*(?:#|<!--)", line) else line for line in text.split("\n"))


def _unescaped(lines: list[str]) -> str:
    plain = [line[1:] if re.match(r"\\+(?:#|<!--)", line) else line for line in lines]
    return "\n".join(plain).strip("\n")


@dataclass(slots=True)
class _Parts:
    """The lines of one entry of ours, as they come."""

    line: int
    question: str
    said: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forms: list[tuple[str, list[str]]] = field(default_factory=list)
    into: str = "text"

    def take(self, line: str) -> None:
        """One line more."""
        if self.into == "entry":
            if line.strip() == END:
                self.into = "text"
            else:
                name, _, value = line.partition(":")
                self.said[name.strip()] = value.strip()
        elif line.startswith(ENTRY):
            self.into = "entry"
        elif line.strip() == ASKED:
            self.into = "asked"
        elif line.startswith(FORM):
            self.into = "form"
            self.forms.append((line.removeprefix(FORM).removesuffix(END).strip(), []))
        else:
            self._add(line)

    def _add(self, line: str) -> None:
        if self.into == "asked":
            self.asked.extend([line.removeprefix("- ")] if line.strip() else [])
        elif self.into == "form":
            self.forms[-1][1].append(line)
        else:
            self.text.append(line)


def _own(lines: list[str]) -> Iterator[Read]:
    """Each entry begins with a heading of the second level."""
    now: _Parts | None = None
    for number, line in enumerate(lines, start=1):
        if line.startswith("## "):
            if now is not None:
                yield _entry(now)
            now = _Parts(number, line[3:])
        elif now is not None:
            now.take(line)
    if now is not None:
        yield _entry(now)


def _entry(parts: _Parts) -> Read:
    said = parts.said
    try:
        forms = tuple(_form(name, lines) for name, lines in parts.forms)
        facts = tuple(read_facts(json.loads(said.get("facts", "[]"))))
    except (ValueError, TypeError, AttributeError):
        return Unread(f"line {parts.line}", Sentence(sentence("Its marks were changed and cannot be read.")))
    return looked_at(
        Incoming(
            place=f"line {parts.line}",
            question=parts.question,
            text=_unescaped(parts.text),
            own=read_id(said.get("id", "")),
            phrasings=tuple(parts.asked),
            forms=forms,
            language=read_language(said.get("language", "")),
            subject=said.get("subject", ""),
            state=read_state(said.get("state", "")),
            audience=read_audience(said.get("audience", "")),
            owner=said.get("owner", ""),
            valid_from=read_day(said.get("valid_from", "")),
            valid_to=read_day(said.get("valid_to", "")),
            review_on=read_day(said.get("review_on", "")),
            says_days=True,
            facts=facts,
        )
    )


def _form(name: str, lines: list[str]) -> Form:
    manner, language = name.split()
    return manner, language, _unescaped(lines)


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    level: int
    text: str
    body: tuple[str, ...]


def _foreign(lines: list[str]) -> Iterator[Incoming]:
    """Headings of the level on which questions stand; shallower ones are subjects, deeper ones part of the answer."""
    headings = list(_headings(lines))
    level = _level([(each.level, each.text) for each in headings])
    subject, now = "", None
    for each in headings:
        if now is not None and each.level > level:
            now = (now[0], (*now[1], "", each.text, *each.body))
            continue
        if now is not None:
            yield _question(now[0], now[1], subject)
        now = (each, each.body) if each.level == level else None
        subject = each.text if each.level < level else subject
    if now is not None:
        yield _question(now[0], now[1], subject)


def _question(heading: _Heading, body: tuple[str, ...], subject: str) -> Incoming:
    return Incoming(
        place=f"line {heading.line}",
        question=_bare(heading.text),
        text=_bare("\n".join(body).strip("\n")),
        subject=_bare(subject) or None,
    )


_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^*\n]*?[^\s*_\\])\1(?![\w*])")


def _bare(text: str) -> str:
    """Without the marks of emphasis: an answer is read as it stands, also on the phone."""
    return _EMPHASIS.sub(r"\2", text)


def _level(headings: list[tuple[int, str]]) -> int:
    """The level with most headings that end in a question mark; with most headings at all when none does."""
    asked = Counter(level for level, text in headings if text.endswith("?"))
    every = asked or Counter(level for level, _ in headings)
    return max(every, key=lambda level: (every[level], level), default=0)


def _headings(lines: list[str]) -> Iterator[_Heading]:
    """Headings with what stands under each; a line underlined with = or - is one too. Not within code."""
    found: tuple[int, int, str] | None = None
    body: list[str] = []
    fenced = False
    for number, line in enumerate(lines, start=1):
        fenced ^= bool(_FENCE.match(line))
        sharp = None if fenced else _HEADING.match(line)
        under = None if fenced or not body or not body[-1].strip() else _UNDERLINE.match(line)
        if under and len(body) > 1 and body[-2].strip():
            under = None
        if not sharp and not under:
            body.append(line)
            continue
        text = sharp[2] if sharp else body.pop().strip()
        if found:
            yield _Heading(*found, tuple(body))
        level = len(sharp[1]) if sharp else 1 if line.startswith("=") else 2
        found, body = (number, level, text), []
    if found:
        yield _Heading(*found, tuple(body))
