"""Cues: texts with the times between which they are said, as WebVTT and SubRip both write them."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gehoor.channels.call.roles import Role, role_named
from gehoor.channels.call.talk import Piece, Turn

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}[ \t]*-+>[ \t]*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>")
_CLASSED = re.compile(r"<v\.([^\s<>]+)[ \t]+([^<>]*)>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|\{\\an?\d\}")
_NAMED = re.compile(r"\s*(?:-\s*|>>\s*)?([^\W\d_][^:<>\n]{0,40}?)\s*:\s+(?=\S)")
_LATEST = 100 * 3600.0


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue. Seconds from the start."""

    begins: float
    ends: float
    text: str


def cues(lines: Iterable[str]) -> Iterator[Cue]:
    """Every line of times, and the text up to the next empty line."""
    times: tuple[float, float] | None = None
    held: list[str] = []
    for line in lines:
        found = _TIMES.match(line)
        if found or not line.strip():
            if times and held:
                yield Cue(*times, "\n".join(held))
            times, held = (_span(found) if found else None), []
        elif times:
            held.append(line)
    if times and held:
        yield Cue(*times, "\n".join(held))


def _span(found: re.Match[str]) -> tuple[float, float]:
    begins, ends = _seconds(*found.groups()[:4]), _seconds(*found.groups()[4:])
    return begins, max(begins, ends)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    return min(int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{int(seconds)}.{fraction}"), _LATEST)


def turns(cues: Iterable[Cue]) -> tuple[Turn, ...]:
    """Who says each cue: by its voice tag, else by the name before it where the whole is written that way."""
    pieces = [(speaker, text, cue) for cue in cues for speaker, text in _voices(cue.text)]
    if not any(speaker for speaker, _, _ in pieces):
        pieces = _named(pieces)
    return tuple(Turn(speaker, (Piece(text, cue.begins, cue.ends),)) for speaker, text, cue in pieces if text)


def classes(text: str) -> dict[str, str]:
    """What the classes of voice tags say of their names: ``<v.agent Karin>``."""
    return {_plain(name): kind for kind, name in _CLASSED.findall(text) if role_named(kind) is not Role.UNKNOWN}


def _voices(text: str) -> Iterator[tuple[str, str]]:
    first, *rest = _VOICE.split(text)
    yield "", _plain(first)
    for name, said in zip(rest[::2], rest[1::2], strict=True):
        yield _plain(name), _plain(said)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _named(pieces: list[tuple[str, str, Cue]]) -> list[tuple[str, str, Cue]]:
    """Names that stand before what is said: known roles, or most cues have one. A cue without goes on with the last."""
    found = [_NAMED.match(text) for _, text, _ in pieces]
    names = [each[1] for each in found if each]
    spoken = sum(1 for _, text, _ in pieces if text)
    if not any(role_named(name) is not Role.UNKNOWN for name in names) and len(names) < 0.5 * spoken:
        return pieces
    last, told = "", []
    for (_, text, cue), each in zip(pieces, found, strict=True):
        last = each[1] if each else last
        told.append((last, text[each.end() :] if each else text, cue))
    return told
