"""A first proposal of what to say to people who were told something that was not right.

Written in both languages whatever the screen's: it is for customers. It quotes nobody: the question stands in it only
as the book words it. What only a person can say stands between square brackets.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import formats, translation
from django.utils.timezone import localtime

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.sending.filling import unknown_placeholders

Texts = dict[str, str]
_OPEN = re.compile(r"\[[^\[\]\n]{3,}\]")


def check_filled(texts: Mapping[str, str]) -> None:
    """Raises Refused while something between square brackets waits to be written, or something between braces that
    nothing is filled in for."""
    if any(_OPEN.search(text) for text in texts.values()):
        raise Refused(why=sentence("something between square brackets still has to be written"))
    if any(unknown_placeholders(text) for text in texts.values()):
        raise Refused(why=sentence("something between braces is filled in for nobody: write it out, or leave it out"))


def proposal(*, question: str, says: dict[str, str], right: str, moments: Sequence[datetime | None]) -> Texts:
    """``question`` as the book words it, ``says`` what they were told by language, ``right`` the entry's answer; each
    empty where it is not known. ``moments``: when they were told."""
    days = sorted({localtime(each).date() for each in moments if each is not None})
    dutch, english = _when(days, "nl"), _when(days, "en")
    asked = _plain(question)
    answer = _plain(right) or "[schrijf hier het juiste antwoord]"
    told = _plain(says.get("nl", "")) or "[schrijf hier wat wij zeiden]"
    told_en = _plain(says.get("en", "")) or "[what we said, in English]"
    return {
        "subject_nl": f"Wij gaven u een verkeerd antwoord{f': {asked}' if asked else ''}"[:200],
        "text_nl": f"U vroeg ons: {asked or '[schrijf hier de vraag]'}\n\n{dutch} zeiden wij u: {_ended(told)} "
        f"Dat was niet juist.\n\nDit is het juiste antwoord: {_ended(answer)}\n\n[Schrijf hier wat dit voor de klant "
        "betekent, en of de klant zelf iets moet doen.]\n\nOnze excuses dat wij u verkeerd hebben geïnformeerd.",
        "points_nl": f"U vroeg ons: {asked or '[schrijf hier de vraag]'}\n{dutch} zeiden wij u: {_ended(told)} Dat was "
        f"niet juist.\nHet juiste antwoord: {_ended(answer)}\nOnze excuses daarvoor. Betekent dit iets voor u?",
        "subject_en": "We gave you a wrong answer",
        "text_en": f"You asked us: [the question, in English]\n\n{english} we told you: {_ended(told_en)} That was not "
        "right.\n\nThis is the right answer: [the right answer, in English]\n\n[What this means for the customer.]\n\n"
        "We apologise for having told you something wrong.",
        "points_en": f"You asked us: [the question, in English]\n{english} we told you: {_ended(told_en)} That was not "
        "right.\nThe right answer: [the right answer, in English]",
    }


def _when(days: Sequence[date], language: str) -> str:
    """On which day; without a day where that is not the same for everyone who gets these words: each gets them as an
    answer to what they asked themselves."""
    if len(days) != 1:
        return {"nl": "Daarop", "en": "To that"}[language]
    with translation.override(language):
        said = formats.date_format(days[0], "j F Y")
    return {"nl": f"Op {said}", "en": f"On {said}"}[language]


def _plain(text: str) -> str:
    """On one line, and without braces: they stand for what differs by person."""
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "]")) else f"{text}."
