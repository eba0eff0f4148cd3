"""What an entry says: everything of a version but its number, who made it, and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import LANGUAGES, sentence
from gehoor.rooms.answers.models import Audience, Manner, State, Version

QUESTION_LENGTH = 500
SUBJECT_LENGTH = 200
TEXT_LENGTH = 40_000
WHY_LENGTH = 500
FIT: Mapping[str, int] = {Manner.LETTER: 4_000, Manner.MAIL: 2_500, Manner.PHONE: 700, Manner.POST: 280}
"""Characters that fit each manner: two pages, a mail that is read to its end, a minute of talk, a post. More is warned
of, not refused."""

Form = tuple[str, str, str]
"""Manner, language and text."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, to whom, and when it holds. ``forms`` hold no empty text and stand in one order."""

    question: str
    text: str
    language: str = "nl"
    subject: str = ""
    forms: tuple[Form, ...] = ()
    state: str = State.WORK_IN_PROGRESS
    audience: str = Audience.ADVISERS
    owner: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    review_on: date | None = None


FIELDS = tuple(each.name for each in fields(Content))


def content_of(version: Version) -> Content:
    """What a version says."""
    return Content(
        question=version.question,
        text=version.text,
        language=version.language,
        subject=version.subject,
        forms=tuple((each["manner"], each["language"], each["text"]) for each in version.forms),
        state=version.state,
        audience=version.audience,
        owner=version.owner_id,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        review_on=version.review_on,
    )


def as_fields(content: Content) -> dict[str, Any]:
    """The same, as a version keeps it."""
    forms = [{"manner": manner, "language": language, "text": text} for manner, language, text in content.forms]
    values = {name: getattr(content, name) for name in FIELDS if name not in {"forms", "owner"}}
    return {**values, "forms": forms, "owner_id": content.owner}


def tidy(content: Content) -> Content:
    """Line ends of one kind, no space around, the question on one line, forms in order and without empty ones."""
    return replace(
        content,
        question=" ".join(_plain(content.question).split()),
        subject=" ".join(_plain(content.subject).split())[:SUBJECT_LENGTH],
        text=_lines(content.text),
        forms=tuple(
            sorted({_key(form): form for each in content.forms if (form := _form(each))[2]}.values(), key=_key)
        ),
    )


def _form(given: Form) -> Form:
    return given[0], given[1], _lines(given[2])


def _key(form: Form) -> tuple[int, int]:
    return _MANNERS.index(form[0]), LANGUAGES.index(form[1])


_MANNERS = [manner.value for manner in Manner]


def _plain(text: str) -> str:
    return "".join(each for each in text if each in "\n\t" or each.isprintable() or each.isspace())


def _lines(text: str) -> str:
    even = re.sub(r"[ \t]+\n", "\n", _plain(text.replace("\r\n", "\n").replace("\r", "\n")))
    return even.strip("\n").rstrip() if even.strip() else ""


def check_content(content: Content) -> Content:
    """The content, tidy. Raises Refused for what no entry can be."""
    known = all(form[0] in _MANNERS and form[1] in LANGUAGES for form in content.forms)
    if not known or content.language not in LANGUAGES:
        raise Refused(why=sentence("an answer is in Dutch or English, and in one of the forms"))
    found = tidy(content)
    if found.state not in State.values or found.audience not in Audience.values:
        raise Refused(why=sentence("there is no such state or audience"))
    _check_said(found)
    if found.valid_from and found.valid_to and found.valid_to < found.valid_from:
        raise Refused(why=sentence("the last day comes before the first"))
    return found


def _check_said(content: Content) -> None:
    if not content.question:
        raise Refused(why=sentence("the question is missing"))
    if len(content.question) > QUESTION_LENGTH:
        raise Refused(why=sentence("the question is longer than 500 characters"))
    if not content.text and content.state in {State.VALIDATED, State.NOT_VALIDATED}:
        raise Refused(why=sentence("an answer without text is still being worked on"))
    if max([len(content.text), *(len(form[2]) for form in content.forms)]) > TEXT_LENGTH:
        raise Refused(why=sentence("the answer is longer than 40,000 characters"))


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is given in one manner and language. ``own``: written for it; else it follows the text."""

    manner: str
    language: str
    text: str
    own: bool
    fits: int

    @property
    def over(self) -> int:
        """Characters more than fit."""
        return max(0, len(self.text) - self.fits)


def given(content: Content, manner: str, language: str) -> Given:
    """How the answer is given: what was written for this, else in the language of the entry, else the text."""
    own = {form[:2]: form[2] for form in content.forms}
    text = own.get((manner, language)) or own.get((manner, content.language)) or content.text
    return Given(manner, language, text, (manner, language) in own, FIT[manner])


def too_long(content: Content) -> list[Given]:
    """The forms that were written, and are longer than fits."""
    written = [given(content, manner, language) for manner, language, _ in content.forms]
    return [each for each in written if each.over]


def is_valid_on(version: Version, day: date) -> bool:
    """Whether it holds on a day; both ends included."""
    after = version.valid_from is None or version.valid_from <= day
    return after and (version.valid_to is None or day <= version.valid_to)
