"""The forms of an entry that say something else than the entry itself: whoever gives such a form gives another answer.

It is warned of, never refused: the form may be what is right.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from gehoor.analysis.agreement import Fact, FactKind, Statement, Verdict, compare
from gehoor.analysis.needs.sentences import sentences
from gehoor.rooms.answers.book.content import Content
from gehoor.rooms.answers.book.naming import LANGUAGE_NAMES, MANNER_NAMES

_LONGEST = 4_000
_REASSURES = re.compile(
    r"\b(?:hoe(?:f|ft|ven)\b.*\b(?:niet|geen|niets)|no need|(?:don't|do not) (?:have|need) to)\b", re.IGNORECASE
)
"""A no that says that something is not needed ("no, you need not leave") may be a yes to the question."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The form for ``manner`` in ``language`` says ``form_says`` where the answer says ``answer_says``."""

    manner: str
    language: str
    form_says: str
    answer_says: str

    @property
    def name(self) -> str:
        """How the form is called on screen."""
        return f"{gettext(MANNER_NAMES[self.manner])} ({gettext(LANGUAGE_NAMES[self.language])})"


def forms_against(content: Content, language: str) -> list[Otherwise]:
    """The forms that contradict the answer, with the first value in which they do, in the words of ``language``."""
    if not content.text.strip() or not content.forms:
        return []
    answer = Statement.of(content.text[:_LONGEST], content.question)
    found = []
    for manner, own, text in content.forms:
        beside = compare(answer, Statement.of(text[:_LONGEST], content.question), content.question)
        clashes = [each for each in beside.clashes if not _may_reassure(each.b, text)]
        if beside.verdict is Verdict.CONTRADICT and clashes:
            clash = clashes[0]
            found.append(Otherwise(manner, own, clash.b.says(language), clash.a.says(language)))
    return found


def _may_reassure(fact: Fact, text: str) -> bool:
    around = [text[a:b] for a, b in sentences(text) if a < fact.end and fact.start < b]
    return fact.kind is FactKind.YES_NO and any(_REASSURES.search(each) for each in around)
