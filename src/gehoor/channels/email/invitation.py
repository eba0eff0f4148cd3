"""What a calendar invitation says, when the mail around it says nothing."""

import re

from gehoor.channels.email.lines import Line

_SAID = re.compile(r"^(SUMMARY|DESCRIPTION|LOCATION|COMMENT)(?:;[^:\n]*)?:(.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([nN,;\\])")


def lines_of_invitation(calendar: str) -> list[Line]:
    """Summary, description, place and comment of an iCalendar text, in the order written; empty when there are none."""
    unfolded = re.sub(r"\n[ \t]", "", calendar)
    text = "\n".join(_unescaped(found[2]) for found in _SAID.finditer(unfolded) if found[2].strip())
    return [Line(line) for line in text.split("\n")] if text else []


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
