"""What the name of an export says: with whom the chat was."""

import re

from gehoor.channels.base import Document

_TITLED = re.compile(
    r"(?:.*\b)?whatsapp.{0,20}?"
    r"(?:[ _-]+(?:with|met|mit|avec|con|com|med|z|s|с|ile|dengan|cu|na|kanssa)[ _]+| - )(?P<who>.+)",
    re.IGNORECASE,
)
_COPY = re.compile(r"(?:\s*\(\d{1,3}\)|\s+-\s+(?:kopie|copy|copia|copie))+\Z", re.IGNORECASE)
_ENDS = (".txt", ".zip", ".json")


def title_of(document: Document) -> str:
    """With whom the chat was, by the name of the file, or of what it stands in; "" for unknown."""
    for part in reversed(document.name.replace("\\", "/").split("/")):
        found = _TITLED.fullmatch(without_copy(part))
        if found is not None:
            return found["who"].strip()
    return ""


def is_titled(name: str) -> bool:
    """Whether a file is called as WhatsApp calls its exports."""
    return name == "_chat.txt" or (name.lower().endswith(".txt") and _TITLED.fullmatch(without_copy(name)) is not None)


def without_copy(name: str) -> str:
    """A file's name without its ending and without the number that a copy gets."""
    for end in _ENDS:
        if name.lower().endswith(end):
            name = name[: -len(end)]
    return _COPY.sub("", name)
