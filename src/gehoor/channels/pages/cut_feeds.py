"""A feed of XML that is cut off: how far it is whole. A parser that recovers would close what was left open and take
half an entry for a whole one."""

import re
from dataclasses import dataclass

_CLOSED = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
"""Words and notes, in which a tag is no tag."""
_ENTRY = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)(?=[\s>/])[^>]*(/?)>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parted:
    """``whole`` is the feed up to where its last whole entry ends, ``rest`` what follows when it is cut off there."""

    whole: str
    rest: str = ""


def part(text: str, root: str) -> Parted:
    """The text of a feed whose first tag is called ``root``, a plain word."""
    tags = _CLOSED.sub(lambda found: " " * len(found[0]), text)
    if re.search(rf"</(?:\w+:)?{root}\s*>|<(?:\w+:)?{root}(?=[\s/])[^<>]*/>", tags, re.IGNORECASE):
        return Parted(text)
    ends, begins = 0, -1
    for tag in _ENTRY.finditer(tags):
        if tag[1] or tag[0].endswith("/>"):
            ends, begins = tag.end(), -1
        elif begins < 0:
            begins = tag.start()
    place = ends or max(begins, 0)
    return Parted(text[:place], text[place:].lstrip() or text[place:] or root)
