"""Drafts and answers as programs get them."""

from datetime import UTC, datetime
from typing import Any

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.answering.booking import found_in_book
from gehoor.rooms.desk.answering.composing import Choice, OnItsWay, composer_of, on_their_way
from gehoor.rooms.desk.answering.drafting import draft_of
from gehoor.rooms.desk.answering.ways import last_voice
from gehoor.rooms.desk.models import Answer, Case, Draft


def writing_document(case: Case, viewer: User) -> dict[str, Any]:
    """What an answer in this case begins with: the draft, where there is one, else its greeting; and every way."""
    composer = composer_of(case, viewer)
    return {
        "text": composer.text,
        "subject": composer.subject,
        "way": composer.chosen.value if composer.chosen else None,
        "voice": str(composer.whom.voice.public_id),
        "answered_by": str(composer.over.public_id) if composer.over else None,
        "ended": composer.ended,
        "ways": [_way(each) for each in composer.choices],
        **_draft(composer.draft),
    }


def draft_document(case: Case) -> dict[str, Any]:
    """The draft as it stands, without what is around it."""
    draft = draft_of(case)
    return {"text": draft.text if draft else "", "subject": draft.subject if draft else "", **_draft(draft)}


def answer_documents(case: Case) -> list[dict[str, Any]]:
    """Every answer of ours in this case, the newest first; a fixed number of queries."""
    found = Answer.objects.filter(case=case).select_related("case", "answers", "by").order_by("-id")
    under_way = {each.answer.pk: each for each in on_their_way(case)}
    return [_answer(each, under_way.get(each.pk)) for each in found]


def answer_document(answer: Answer) -> dict[str, Any]:
    """One answer, and what became of it."""
    under_way = {each.answer.pk: each for each in on_their_way(answer.case)}
    return _answer(answer, under_way.get(answer.pk))


def fitting_document(case: Case, words: str) -> dict[str, Any]:
    """Entries of the answer book that fit, in the form of the channel."""
    return {
        "answers": [
            {"id": str(each.answer.public_id), "question": each.version.question, "text": each.text}
            for each in found_in_book(last_voice(case), words)
        ]
    }


def _draft(draft: Draft | None) -> dict[str, Any]:
    return {
        "revision": draft.revision if draft else 0,
        "by": draft.by.name if draft and draft.by else None,
        "at": _moment(draft.at) if draft else None,
    }


def _way(choice: Choice) -> dict[str, Any]:
    return {
        "way": choice.value,
        "channel": choice.way.channel,
        "how": choice.way.how.value,
        "to": choice.way.to,
        "why": said(choice.way.why),
        "longest": choice.limit,
        "greeting": choice.greeting,
        "closing": choice.closing,
    }


def _answer(answer: Answer, under_way: OnItsWay | None) -> dict[str, Any]:
    return {
        "id": str(answer.public_id),
        "case": str(answer.case.public_id),
        "voice": str(answer.answers.public_id) if answer.answers else None,
        "channel": answer.channel,
        "subject": answer.subject,
        "text": answer.text,
        "by": answer.by.name if answer.by else None,
        "automatic": answer.automatic,
        "at": _moment(answer.at),
        "leaves": _moment(answer.leaves_at),
        "went": _moment(answer.went_at),
        "then": answer.then,
        "state": _state(answer, under_way),
        "may_be_taken_back": under_way is not None and under_way.may_be_taken_back,
        "why": said(under_way.why) if under_way and under_way.why else None,
        "remedy": said(under_way.remedy) if under_way and under_way.remedy else None,
        "otherwise": _otherwise(under_way),
    }


def _otherwise(under_way: OnItsWay | None) -> list[dict[str, Any]]:
    other = under_way.ways if under_way is not None else ()
    return [{"way": each.choice, "channel": each.channel, "to": each.shown} for each in other]


def _state(answer: Answer, under_way: OnItsWay | None) -> str:
    if answer.taken_back:
        return "taken_back"
    if answer.went_at is not None:
        return "went"
    return under_way.state if under_way is not None else "waits"


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at is not None else None
