"""The word lists of this part: lines of ``lexicon/*.txt``, and phrases as patterns over a text in lower case."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from gehoor.kernel.patterns import regex

_GAP = r"(?:\W+\w+){0,6}?\W+"


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe and hyphen; as long as ``text``, so that positions stay right."""
    even = text.translate(_EVEN)
    lower = even.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in even)


_EVEN = str.maketrans("\u2019\u2018\u02bc\u2011\u00a0\u202f", "'''-  ")


@lru_cache(maxsize=64)
def lines(name: str) -> tuple[str, ...]:
    """The lines of ``lexicon/<name>.txt`` that are no remark and not empty."""
    text = (files("gehoor.analysis.agreement") / "lexicon" / f"{name}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def parts(line: str) -> list[str]:
    """The parts of a line, apart with a bar."""
    return [part.strip() for part in line.split("|") if part.strip()]


@lru_cache(maxsize=64)
def named(name: str) -> dict[str, tuple[str, ...]]:
    """Lists of a file whose lines read ``key: one | two``; a key that comes back adds to its list."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        key, _, rest = line.partition(":")
        found.setdefault(key.strip(), []).extend(parts(rest))
    return {key: tuple(values) for key, values in found.items()}


def _atoms(phrase: str) -> list[str]:
    """A phrase as pieces of a regular expression: a star takes any ending or beginning, ``..`` up to six words."""
    found: list[str] = []
    for word in phrase.split():
        if word == "..":
            found.append(_GAP)
            continue
        if found and found[-1] != _GAP:
            found.append(_SPACE)
        found += [_ANY if char == "*" else re.escape(char) for char in word]
    return found


_ANY, _SPACE = r"[\w-]*", r"[\s-]+"
_Tree = dict[str, "_Tree"]
_END = ""


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of these phrases, as whole words; the longer before its own beginning. Phrases that begin alike share that
    beginning, so that a long list costs little more than a short one."""
    tree: _Tree = {}
    for phrase in sorted(set(phrases)):
        at = tree
        for atom in _atoms(phrase):
            at = at.setdefault(atom, {})
        at[_END] = {}
    return regex(rf"(?<![\w]){_written(tree)}(?![\w])")


def _written(tree: _Tree) -> str:
    """A tree of phrases as one expression."""
    ways = []
    for atom in sorted(tree, key=lambda atom: (atom == _END, len(atom) > 2, atom)):
        piece, below = atom, tree[atom]
        while len(below) == 1 and _END not in below:
            ((step, below),) = below.items()
            piece += step
        ways.append(piece + (_written(below) if below and list(below) != [_END] else ""))
    return ways[0] if len(ways) == 1 and ways[0] else f"(?:{'|'.join(ways)})"


@lru_cache(maxsize=64)
def pattern_of(name: str, key: str) -> re.Pattern[str]:
    """The list ``key`` of a file as one pattern."""
    return any_of(named(name)[key])
