"""What the page of an entry shows, and that of a version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from gehoor.analysis.agreement import Fact, FactKind
from gehoor.kernel.language import LANGUAGES, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.access import current
from gehoor.rooms.answers.book.actions import state_after
from gehoor.rooms.answers.book.content import Content, content_of, given, too_long
from gehoor.rooms.answers.book.contradicting import forms_against
from gehoor.rooms.answers.book.differing import Mark, Piece, difference
from gehoor.rooms.answers.book.facts import Stated, read_facts
from gehoor.rooms.answers.book.forms import PhrasingForm, ReviewedForm, in_a_year
from gehoor.rooms.answers.book.merging import FIELD_NAMES
from gehoor.rooms.answers.book.naming import (
    AUDIENCE_NAMES,
    LANGUAGE_NAMES,
    MANNER_NAMES,
    STATE_NAMES,
    STATE_TONES,
)
from gehoor.rooms.answers.book.phrasing import phrasings_of
from gehoor.rooms.answers.book.review import asked_by_needs, departures_of
from gehoor.rooms.answers.book.rows import row_of
from gehoor.rooms.answers.book.rules import may_change, may_edit, may_propose
from gehoor.rooms.answers.models import Answer, Manner, Proposal, State, Version

_VERSIONS = 10
KIND_NAMES = {
    FactKind.AMOUNT: sentence("Amount"),
    FactKind.PERCENTAGE: sentence("Percentage"),
    FactKind.DATE: sentence("Date"),
    FactKind.PERIOD: sentence("Period"),
    FactKind.YES_NO: sentence("Yes or no"),
    FactKind.CONDITION: sentence("Condition"),
    FactKind.NUMBER: sentence("Number"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A fact as it is shown: its kind and value, where it stands, and whether a person said so."""

    kind: str
    says: str
    about: str
    before: str
    words: str
    after: str
    by_person: bool


def page_of(answer: Answer, viewer: User, manner: str, language: str) -> dict[str, Any]:
    """Everything on the page of an entry."""
    now = current(answer)
    content = content_of(now)
    language = language if language in LANGUAGES else now.language
    manner = manner if manner in Manner.values else ""
    stated = read_facts(now.facts)
    editor = may_edit(viewer)
    versions = list(answer.versions.select_related("by", "restores").order_by("-number")[: _VERSIONS + 1])
    return {
        **row_of(answer),
        "chosen": given(content, manner, language) if manner else None,
        "pieces": marked(now.text, stated),
        "tabs": _tabs(content, manner, language),
        "forms_against": forms_against(content, (get_language() or "nl")[:2]),
        "too_long": [(MANNER_NAMES[each.manner], each) for each in too_long(content)],
        "chips": [chip(each, now.text, now.language) for each in stated],
        "unconfirmed": sum(not each.by_person for each in stated),
        "phrasings": [(each, editor or each.by_id == viewer.pk) for each in phrasings_of(answer)],
        "phrasing_form": PhrasingForm(),
        "versions": versions[:_VERSIONS],
        "more_versions": len(versions) > _VERSIONS,
        "proposals": [each for each in versions if each.proposal == Proposal.OPEN],
        "needs": asked_by_needs(answer),
        "departures": departures_of(answer) if viewer.may(May.SEE_ANSWERS) else [],
        "reviewed_form": ReviewedForm(initial={"review_on": in_a_year()}),
        "steps": _steps(now, answer, viewer),
        "may_edit": editor,
        "may_change": may_change(viewer, answer),
        "may_propose": may_propose(viewer),
        "audience_name": AUDIENCE_NAMES[now.audience],
        "language_name": LANGUAGE_NAMES[now.language],
    }


def _tabs(content: Content, manner: str, language: str) -> list[dict[str, Any]]:
    """The text, and each manner; the ones with words of their own in another language too."""
    found = [{"href": "?", "label": gettext("The answer"), "current": not manner}]
    written = {form[:2] for form in content.forms}
    ways = [(each, each_in) for each in Manner for each_in in (content.language, *LANGUAGES)]
    shown = dict.fromkeys(way for way in ways if way[1] == content.language or (way[0].value, way[1]) in written)
    found.extend(_tab(each, each_in, content.language, manner, language) for each, each_in in shown)
    return found


def _tab(each: str, language: str, own: str, manner: str, chosen: str) -> dict[str, Any]:
    name = gettext(MANNER_NAMES[each])
    label = name if language == own else f"{name} ({gettext(LANGUAGE_NAMES[language])})"
    return {
        "href": f"?vorm={each}&taal={language}",
        "label": label,
        "current": each == manner and language == chosen,
    }


def _steps(now: Version, answer: Answer, viewer: User) -> list[tuple[str, str, str]]:
    """What can be done with it next: state, label, tone; the obvious one first."""
    if not may_change(viewer, answer):
        return []
    if not may_edit(viewer):
        ready = now.state == State.WORK_IN_PROGRESS and now.text
        return [(State.NOT_VALIDATED, sentence("Hand it in"), "")] if ready else []
    steps = {
        State.WORK_IN_PROGRESS: [
            (State.VALIDATED, sentence("Validate"), ""),
            (State.ARCHIVED, sentence("Archive"), "quiet"),
        ],
        State.NOT_VALIDATED: [
            (State.VALIDATED, sentence("Validate"), ""),
            (State.ARCHIVED, sentence("Archive"), "quiet"),
        ],
        State.VALIDATED: [(State.ARCHIVED, sentence("Archive"), "quiet")],
        State.ARCHIVED: [(State.NOT_VALIDATED, sentence("Take it out of the archive"), "")],
    }
    return [step for step in steps[State(now.state)] if now.text or step[0] == State.ARCHIVED]


def marked(text: str, stated: Sequence[Stated]) -> list[tuple[str, str]]:
    """The text in pieces: with "sure" where people confirmed a fact, "found" where one is proposed, "" elsewhere."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for each in sorted(stated, key=lambda each: (each.fact.start, -each.fact.end)):
        start, end = each.fact.start, each.fact.end
        if start < at or end > len(text) or start >= end:
            continue
        pieces += [(text[at:start], ""), (text[start:end], "sure" if each.by_person else "found")]
        at = end
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]


def chip(stated: Stated, text: str, language: str) -> Chip:
    """A fact with the sentence that it stands in."""
    fact = stated.fact
    start, end = sentence_around(text, fact)
    return Chip(
        kind=KIND_NAMES[fact.kind],
        says=fact.says(language),
        about=fact.about,
        before=text[start : fact.start],
        words=text[fact.start : fact.end],
        after=text[fact.end : end],
        by_person=stated.by_person,
    )


def sentence_around(text: str, fact: Fact) -> tuple[int, int]:
    """From where to where the sentence goes that a fact stands in."""
    ends = (". ", "? ", "! ", "\n")
    start = max(
        (text.rfind(end, 0, fact.start) + len(end) for end in ends if text.rfind(end, 0, fact.start) >= 0), default=0
    )
    stops = [at for end in ends if (at := text.find(end, fact.end)) >= 0]
    return start, min(stops, default=len(text)) + (1 if stops else 0)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that is otherwise: its name, and pieces of text."""

    name: str
    pieces: list[Piece]


def differences(old: Content, new: Content, owners: dict[int, str]) -> list[FieldDifference]:
    """Every field that differs, in the order of the form."""
    found = []
    for name, title in FIELD_NAMES.items():
        before, after = said(old, name, owners), said(new, name, owners)
        if before != after:
            worded = name in {"question", "text", "subject"}
            found.append(FieldDifference(title, difference(before, after) if worded else replaced(before, after)))
    written = {form[:2]: form[2] for form in old.forms}
    writing = {form[:2]: form[2] for form in new.forms}
    for manner, language in sorted(written.keys() | writing.keys()):
        before, after = written.get((manner, language), ""), writing.get((manner, language), "")
        if before != after:
            title = f"{gettext(MANNER_NAMES[manner])} ({gettext(LANGUAGE_NAMES[language])})"
            found.append(FieldDifference(title, difference(before, after)))
    return found


def replaced(before: str, after: str) -> list[Piece]:
    """One value in the place of another."""
    pieces = [Piece(Mark.GONE, before), Piece(Mark.SAME, " "), Piece(Mark.NEW, after)]
    return [each for each in pieces if each.text]


def said(content: Content, name: str, owners: dict[int, str]) -> str:
    """A field as people read it."""
    value = getattr(content, name)
    names = {"state": STATE_NAMES, "audience": AUDIENCE_NAMES, "language": LANGUAGE_NAMES}
    if name in names:
        return gettext(names[name][value])
    if name == "owner":
        return owners.get(value, gettext("a former colleague")) if value else ""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def owners_of(*contents: Content) -> dict[int, str]:
    """The names of who looks after them."""
    keys = [each.owner for each in contents if each.owner]
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))


def compared(version: Version, *, with_now: bool, viewer: User) -> dict[str, Any]:
    """A version beside the one before it, or beside what holds."""
    answer = version.answer
    now = current(answer)
    earlier = answer.versions.filter(proposal="", number__lt=version.number).order_by("-number")
    beside = (now if now.pk != version.pk else None) if with_now else earlier.first()
    old = content_of(beside) if beside is not None else Content("", "", language=version.language, state=version.state)
    new = content_of(version)
    if version.proposal:
        new = replace(new, state=state_after(old.state, new.state))
    backwards = with_now and not version.proposal
    pair = (new, old) if backwards else (old, new)
    return {
        "answer": answer,
        "now": now,
        "version": version,
        "beside": beside,
        "backwards": backwards,
        "differences": differences(*pair, owners_of(old, new)),
        "facts": [chip(each, version.text, version.language) for each in read_facts(version.facts)],
        "may_edit": may_edit(viewer),
        "may_change": may_change(viewer, answer),
        "state": STATE_NAMES[version.state],
        "tone": STATE_TONES[version.state],
        "is_open": version.proposal == Proposal.OPEN,
        "proposal": _PROPOSALS.get(version.proposal, ""),
    }


_PROPOSALS: dict[str, str] = {
    Proposal.OPEN: sentence("a proposal that waits"),
    Proposal.TAKEN: sentence("a proposal that was taken over"),
    Proposal.DECLINED: sentence("a proposal that was declined"),
    Proposal.REPLACED: sentence("a proposal that a newer one replaced"),
}
