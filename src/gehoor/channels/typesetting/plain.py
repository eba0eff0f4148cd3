"""What people wrote, made fit for paper: it stays what it says, and can do nothing to what stands around it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

Data = None | bool | int | float | str | Sequence["Data"] | Mapping[str, "Data"]
"""What a template may be given: what JSON can hold."""

_LONG = 45
"""Of characters without a space: longer than words that hyphenation knows how to break."""
_LONG_WORD = re.compile(rf"[^\s\u200b]{{{_LONG},}}")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Controls, and marks that turn the direction of what comes after them."""
_BREAK = "\u200b"


def plain(data: Data) -> Data:
    """The same data with each of its strings, but no key, as :func:`plain_text` gives it."""
    if isinstance(data, str):
        return plain_text(data)
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [plain(value) for value in data]
    return data


def plain_text(text: str) -> str:
    """Composed, one kind of line end, without unseen controls; in a very long word a line may end anywhere."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", lines))
    return _LONG_WORD.sub(lambda word: _loosen(word.group()), seen)


def _loosen(word: str) -> str:
    """Not before a mark that belongs to the character before it."""
    return "".join(f"{_BREAK}{each}" if place and not _joins(word, place) else each for place, each in enumerate(word))


def _joins(word: str, place: int) -> bool:
    around = word[place - 1 : place + 1]
    return bool(unicodedata.combining(around[1])) or "\u200d" in around or around[1] in "\ufe0e\ufe0f"


def paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of a text (an empty line stands between them), each as its lines."""
    lines = (line.strip() for line in plain_text(text).split("\n"))
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]
