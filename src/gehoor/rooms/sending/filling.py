"""From a wording to the text for one person.

Placeholders stand between braces. There are few, and only what is sure of every person: how to greet, and the name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gehoor.rooms.sending.models import Wording

Language = Literal["nl", "en"]
Form = Literal["email", "letter", "call"]
PARTS = ("subject", "text", "mail", "letter", "points")
"""What a wording has in each language."""
LANGUAGES: tuple[Language, ...] = ("nl", "en")
GREETING, NAME = "greeting", "name"
PLACEHOLDERS: Mapping[str, str] = {"aanhef": GREETING, "salutation": GREETING, "naam": NAME, "name": NAME}
"""What may stand between braces, and what it stands for. Each language's words are understood in both."""
_BRACED = re.compile(r"\{([^{}\n]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Text:
    """A wording in one language and form, placeholders and all."""

    subject: str
    body: str
    points: tuple[str, ...] = ()


def text_of(wording: Wording, language: Language, form: Form | str) -> Text:
    """What is said in this language and form; the other language where this one has nothing."""
    if not has(wording, language):
        language = "en" if language == "nl" else "nl"
    subject, core, mail, letter, points = (str(getattr(wording, f"{field}_{language}")).strip() for field in PARTS)
    body = {"email": mail, "letter": letter}.get(form, "") or core
    lines = tuple(line.strip().lstrip("-•").strip() for line in points.splitlines() if line.strip())
    return Text(subject, body.replace("\r\n", "\n"), lines)


def has(wording: Wording, language: Language) -> bool:
    """Whether there is anything to say in this language."""
    return any(getattr(wording, f"{field}_{language}").strip() for field in ("text", "mail", "letter"))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put in what differs by person; ``values`` by ``GREETING`` and ``NAME``. What is unknown stays as it stands."""

    def value(found: "re.Match[str]") -> str:
        meaning = PLACEHOLDERS.get(found[1].strip().lower())
        return found[0] if meaning is None else values.get(meaning, "")

    return _BRACED.sub(value, text)


def greeted(text: str) -> str:
    """The text beginning with the greeting, where it does not say by itself where that goes."""
    if any(PLACEHOLDERS.get(name.strip().lower()) == GREETING for name in _BRACED.findall(text)):
        return text
    return f"{{aanhef}},\n\n{text}"


def unknown_placeholders(text: str) -> list[str]:
    """What stands between braces and is no placeholder, each once; a brace alone too."""
    unknown = [f"{{{name}}}" for name in _BRACED.findall(text) if name.strip().lower() not in PLACEHOLDERS]
    alone = _BRACE.findall(_BRACED.sub("", text))
    return list(dict.fromkeys([*unknown, *alone]))
