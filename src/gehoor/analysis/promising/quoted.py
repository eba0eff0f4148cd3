"""What stands in a text as someone else's words."""

import re

from gehoor.kernel.patterns import regex

_EARLIER = regex(
    r"^\s*(?:-{3,}\s*(?:original message|oorspronkelijk bericht|doorgestuurd bericht|forwarded message).*|"
    r"(?:op|on) .{6,80} (?:schreef|wrote) .{0,80}:?|(?:van|from): .+\n(?:verzonden|sent|datum|date|aan|to): .+)$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = regex(r"^[ \t]*>.*$", re.MULTILINE)
_BETWEEN = regex(
    r"“[^”\n]{1,400}”|„[^”“\n]{1,400}[”“]|\"[^\"\n]{1,400}\"|"
    r"(?<!\w)['‘](?=\w)[^'’\n]{8,400}['’](?!\w)"
)


def without_quotes(text: str) -> str:
    """The same text, as long as it was, with what it quotes blank: lines after ">", the mail below, words in quotation
    marks."""
    earlier = _EARLIER.search(text)
    if earlier is not None:
        text = text[: earlier.start()] + _blank(text[earlier.start() :])
    for pattern in (_LINE, _BETWEEN):
        text = pattern.sub(lambda hit: _blank(hit[0]), text)
    return text


def _blank(text: str) -> str:
    return "".join(character if character == "\n" else " " for character in text)
