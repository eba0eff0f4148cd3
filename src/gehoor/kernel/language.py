"""Sentences that a person reads, before anyone knows in which language.

Code writes English; a screen or command translates the English sentence when it shows it. Below Django nothing
can translate, so a sentence travels as its English text with named placeholders and their values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LANGUAGES = ("nl", "en")
"""The languages of the screens, first the default."""


def sentence(text: str) -> str:
    """Mark ``text`` as translatable and return it unchanged. The extraction of messages looks for this name."""
    return text


def ended(text: str) -> str:
    """The text with a full stop, unless it ends already: another sentence follows it."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence with named placeholders (``{name}``) and the values to fill in.

    Values are never personal data: a sentence may end up in a log.
    """

    text: str
    values: Mapping[str, str | int | float] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.text.format_map(self.values)
