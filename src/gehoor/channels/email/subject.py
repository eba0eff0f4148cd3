"""What a subject says of what came before: that it answers something, or sends something on."""

import re

_ANSWERS = r"re|antw|antwoord|betr|aw|sv|vs"
_SENT_ON = r"fw|fwd|doorgestuurd|doorst|wg|tr|rv|enc"
_MARK = re.compile(rf"\s*(?:(?P<on>{_SENT_ON})|{_ANSWERS})\s?(?:\[\d+\])?\s?[:：]\s*", re.IGNORECASE)


def bare(subject: str) -> str:
    """The subject without any mark before it, in small letters, to hold subjects against each other."""
    end = 0
    while found := _MARK.match(subject, end):
        end = found.end()
    return " ".join(subject[end:].split()).casefold()


def answers(subject: str) -> bool:
    """Whether it says that something came before: "Re: ...", "Antw: ...", "FW: ..."."""
    return _MARK.match(subject) is not None


def sent_on(subject: str) -> bool:
    """Whether something was sent on with it: "FW: ...", "Doorgestuurd: ..."."""
    found = _MARK.match(subject)
    return found is not None and found["on"] is not None
