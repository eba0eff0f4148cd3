"""Answering otherwise than the book says: why, what the owner of the entry does with it, and what the check learns."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.checking.remarks import Remark
from gehoor.rooms.answers.models import Answer, Because, Departure, Version
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

BECAUSE_NAMES: Mapping[str, str] = {
    Because.BOOK_WRONG: sentence("the book is wrong"),
    Because.THIS_CUSTOMER: sentence("this customer is an exception"),
    Because.OTHER_QUESTION: sentence("it answers another question"),
    Because.MISREAD: sentence("Gehoor read it wrongly: it does not clash"),
}
HANDLED_NAMES: Mapping[str, str] = {
    "changed": sentence("the entry was changed"),
    "kept": sentence("the entry stands"),
}
_NOT_A_CLASH = (Because.MISREAD, Because.OTHER_QUESTION)
_SEVERAL = 2
"""So many people have to say that a sentence does not clash before the check no longer says so."""
SAME = timedelta(hours=12)
"""Within this time the same sentence by the same person is one departure: a form that was sent twice."""


def normal(quote: str) -> str:
    """A sentence without the differences that do not matter: capitals, spaces, the stop at its end."""
    return " ".join(quote.casefold().split()).rstrip(" .!?;:")


def passed_over(entries: Collection[int]) -> set[tuple[int, str]]:
    """(entry, normalised sentence) of which several people said that it is no clash."""
    said_by: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    rows = Departure.objects.filter(answer__in=entries, because__in=_NOT_A_CLASH, by__isnull=False)
    for entry, quote, by in rows.values_list("answer", "quote", "by"):
        said_by[entry, normal(quote)].add(by)
    return {pair for pair, people in said_by.items() if len(people) >= _SEVERAL}


def do_depart(
    *,
    actor: User | None,
    remark: Remark,
    because: str,
    why: str = "",
    person: Person | None = None,
    voice: Voice | None = None,
) -> Departure:
    """Answer so all the same, and say why. Said twice within a day it is one departure, with the newest reason. Raises
    Refused for a reason that is none, and for a remark that does not say that something clashes."""
    _check_may(actor, May.PROPOSE_ANSWERS)
    if because not in Because.values:
        raise Refused(why=sentence("say why: the book is wrong, an exception, another question, or read wrongly"))
    version = _version_of(remark)
    with transaction.atomic():
        same = Departure.objects.filter(
            by=actor,
            answer=version.answer if version else None,
            earlier=remark.entry is None,
            quote=remark.quote,
            book_says=remark.source_says[:300],
            person=person,
            voice=voice,
            handled="",
            at__gte=now() - SAME,
        ).first()
        made = same or Departure(by=actor, quote=remark.quote, person=person, voice=voice)
        made.answer, made.version = (version.answer, version) if version else (None, None)
        made.earlier = remark.entry is None
        made.kind, made.book_says, made.draft_says = remark.kind, remark.source_says[:300], remark.draft_says[:300]
        made.because, made.why = because, why.strip()[:500]
        made.save()
        do_log(actor=actor, action="answer.depart", what="departure", public_id=made.public_id)
    return made


def _version_of(remark: Remark) -> Version | None:
    if remark.entry is None:
        return None
    found = Version.objects.filter(answer=remark.entry.pk, number=remark.entry.version).select_related("answer").first()
    if found is None:
        raise NotFound(what=sentence("answer"))
    return found


def do_take_back_departure(*, actor: User | None, departure: Departure) -> None:
    """It was not sent so after all. Who said it may take it back until someone has handled it."""
    if actor is not None and departure.by_id != actor.pk:
        raise NotAllowed()
    with transaction.atomic():
        public_id = departure.public_id
        if not Departure.objects.filter(pk=departure.pk, handled="").delete()[0]:
            raise Refused(why=sentence("someone has looked at it already and done something with it"))
        do_log(actor=actor, action="answer.take_back_departure", what="departure", public_id=public_id)


def do_handle_departure(*, actor: User | None, departure: Departure, handled: str) -> None:
    """Say what was done with it: ``changed`` or ``kept``; ``""`` undoes that. The owner of the entry may, and who may
    edit the book."""
    _check_may_handle(actor, departure)
    if handled not in {"", *HANDLED_NAMES}:
        raise Refused(why=sentence("the entry was changed, or it stands"))
    action = "answer.handle_departure" if handled else "answer.undo_handling"
    with transaction.atomic():
        departure.handled, departure.handled_by = handled, actor if handled else None
        departure.save(update_fields=["handled", "handled_by"])
        do_log(actor=actor, action=action, what="departure", public_id=departure.public_id)


def may_handle(actor: User, departure: Departure) -> bool:
    """Whether this person may say what was done with it."""
    current = departure.answer.current if departure.answer else None
    return actor.may(May.EDIT_ANSWERS) or (current is not None and current.owner_id == actor.pk)


def _check_may_handle(actor: User | None, departure: Departure) -> None:
    if actor is not None and not may_handle(actor, departure):
        raise NotAllowed()


def _check_may(actor: User | None, right: May) -> None:
    """The command line has no actor: whoever can reach it can reach the database."""
    if actor is not None and not actor.may(right):
        raise NotAllowed()


def departures(*, answer: Answer | None = None, open_only: bool = False) -> QuerySet[Departure]:
    """Where answers departed from the book, the newest first; of one entry, or of all."""
    found = Departure.objects.filter(answer__isnull=False).select_related(
        "answer__current__owner", "version", "handled_by"
    )
    if answer is not None:
        found = found.filter(answer=answer)
    if open_only:
        found = found.filter(handled="")
    return found.order_by("-at", "-pk")


def access_departure(public_id: UUID) -> Departure:
    """One departure; raises NotFound."""
    found = Departure.objects.filter(public_id=public_id).select_related("answer__current").first()
    if found is None:
        raise NotFound(what=sentence("departure"))
    return found
