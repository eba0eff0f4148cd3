"""Writing in the book. Every act is a new version, with who and why; nothing that was said is overwritten."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.answers.book.access import current
from gehoor.rooms.answers.book.content import FIELDS, WHY_LENGTH, Content, as_fields, check_content, content_of
from gehoor.rooms.answers.book.facts import Stated, facts_after, read_facts, write_facts
from gehoor.rooms.answers.book.rules import check_may_change, check_may_edit, check_may_propose
from gehoor.rooms.answers.models import Answer, AnswerNeed, Departure, Proposal, PublicBook, Version
from gehoor.rooms.privacy.audit import do_log


class Overtaken(Refused):
    """Someone else saved this entry since it was opened. Nothing is lost: what each wrote can be laid together."""

    code = "overtaken"
    text = sentence("Someone else changed this answer while you were writing.")
    remedy = sentence("Look at what changed, and save again.")


def do_add_answer(
    *,
    content: Content,
    actor: User | None,
    needs: Iterable[UUID] = (),
    why: str = "",
    source: str = "",
    source_id: str = "",
    imported: bool = False,
) -> Answer:
    """Begin an entry. Raises Refused, NotAllowed."""
    check_may_propose(actor)
    content = check_content(content)
    made = Answer(by=actor, source=source, source_id=source_id)
    check_may_change(actor, _as_if(made, content), content.state)
    facts = facts_after(content.question, content.text)
    with transaction.atomic():
        made.current = None
        made.save(force_insert=True)
        _version(made, content, 1, actor=actor, facts=facts, why=why, imported=imported)
        AnswerNeed.objects.bulk_create([AnswerNeed(answer=made, need=need, by=actor) for need in dict.fromkeys(needs)])
        do_log(actor=actor, action="answer.add", what="answer", public_id=made.public_id)
    return made


def _as_if(answer: Answer, content: Content) -> Answer:
    answer.current = Version(state=content.state)
    return answer


def _version(
    answer: Answer, content: Content, number: int, *, actor: User | None, facts: Iterable[Stated], **more: Any
) -> Version:
    """Keep a version, and let it hold unless it is a proposal."""
    more["why"] = more.get("why", "").strip()[:WHY_LENGTH]
    kept = write_facts(facts)
    made = Version.objects.create(answer=answer, number=number, by=actor, facts=kept, **as_fields(content), **more)
    if not made.proposal:
        answer.current = made
        Answer.objects.filter(pk=answer.pk).update(current=made)
    return made


def _locked(answer: Answer) -> tuple[Answer, Version, int]:
    """The entry as it is now, held until the transaction ends; its current version, and the number of the next."""
    held = Answer.objects.select_for_update().get(pk=answer.pk)
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    return held, current(held), last + 1


def _facts(now: Version, content: Content) -> list[Stated]:
    kept = read_facts(now.facts)
    if (content.question, content.text) == (now.question, now.text):
        return kept
    return facts_after(content.question, content.text, (now.question, now.text, kept))


def do_save(
    *,
    answer: Answer,
    content: Content,
    based_on: int,
    actor: User | None,
    why: str = "",
    action: str = "answer.change",
    imported: bool = False,
) -> Version:
    """What it says from now on; the version that holds when nothing is otherwise.

    ``based_on`` is the number of the version that the writer had before them. Raises Overtaken when another one holds
    by now, and Refused, NotAllowed.
    """
    content = check_content(content)
    with transaction.atomic():
        held, now, number = _locked(answer)
        check_may_change(actor, held, content.state)
        if now.number != based_on:
            raise Overtaken()
        if content == content_of(now):
            return now
        facts = _facts(now, content)
        made = _version(held, content, number, actor=actor, facts=facts, why=why, imported=imported)
        do_log(actor=actor, action=action, what="answer", public_id=held.public_id)
    answer.current = made
    return made


def do_change(*, answer: Answer, actor: User | None, why: str = "", action: str, **fields: Any) -> Version:
    """Change single fields of what holds now. Raises Refused, NotAllowed."""
    with transaction.atomic():
        held, now, _ = _locked(answer)
        content = replace(content_of(now), **fields)
        made = do_save(answer=held, content=content, based_on=now.number, actor=actor, why=why, action=action)
    answer.current = made
    return made


def do_set_state(*, answer: Answer, state: str, actor: User | None, why: str = "") -> Version:
    """Validate, archive, or take back into work."""
    return do_change(answer=answer, actor=actor, why=why, action="answer.state", state=state)


def do_restore(*, version: Version, actor: User | None, why: str = "") -> Version:
    """Undo: what an earlier version said holds again, as a new version with that version's facts."""
    with transaction.atomic():
        held, now, number = _locked(version.answer)
        content = content_of(version)
        check_may_change(actor, held, content.state)
        if version.pk == now.pk:
            return now
        facts = read_facts(version.facts)
        made = _version(held, content, number, actor=actor, facts=facts, why=why, restores=version)
        do_log(actor=actor, action="answer.restore", what="answer", public_id=held.public_id)
    return made


def do_propose(
    *, answer: Answer, content: Content, actor: User | None, why: str = "", imported: bool = False
) -> Version:
    """Lay a proposal beside what holds; who keeps the book takes it over or declines it."""
    check_may_propose(actor)
    content = check_content(content)
    with transaction.atomic():
        held, now, number = _locked(answer)
        older = held.versions.filter(proposal=Proposal.OPEN, imported=imported)
        (older if imported else older.filter(by=actor)).update(proposal=Proposal.REPLACED)
        facts = _facts(now, content)
        more = {"why": why, "imported": imported, "proposal": Proposal.OPEN}
        made = _version(held, content, number, actor=actor, facts=facts, **more)
        do_log(actor=actor, action="answer.propose", what="answer", public_id=held.public_id)
    return made


def do_take_proposal(*, proposal: Version, actor: User | None) -> Version:
    """What was proposed holds from now on. Raises Refused when it is settled already."""
    check_may_edit(actor)
    with transaction.atomic():
        held, now, number = _locked(proposal.answer)
        _settle(proposal, Proposal.TAKEN)
        content = replace(content_of(proposal), state=state_after(now.state, proposal.state))
        facts = read_facts(proposal.facts)
        made = _version(held, content, number, actor=actor, facts=facts, why=proposal.why, restores=proposal)
        do_log(actor=actor, action="answer.take_proposal", what="answer", public_id=held.public_id)
    return made


def state_after(now: str, proposed: str) -> str:
    """Who takes it over has judged it, so an entry that was validated stays so."""
    return now if proposed in {"work_in_progress", "not_validated"} else proposed


def do_decline(*, proposal: Version, actor: User | None) -> None:
    """It is not taken over. Raises Refused when it is settled already."""
    check_may_edit(actor)
    with transaction.atomic():
        _settle(proposal, Proposal.DECLINED)
        do_log(actor=actor, action="answer.decline", what="answer", public_id=proposal.answer.public_id)


def do_reopen(*, proposal: Version, actor: User | None) -> None:
    """A proposal that was declined waits again."""
    check_may_edit(actor)
    with transaction.atomic():
        if not Version.objects.filter(pk=proposal.pk, proposal=Proposal.DECLINED).update(proposal=Proposal.OPEN):
            raise Refused(why=sentence("it was not declined"))
        do_log(actor=actor, action="answer.reopen", what="answer", public_id=proposal.answer.public_id)


def _settle(proposal: Version, how: Proposal) -> None:
    if not Version.objects.filter(pk=proposal.pk, proposal=Proposal.OPEN).update(proposal=how):
        raise Refused(why=sentence("this proposal is settled already"))


def do_set_facts(*, answer: Answer, facts: Sequence[Stated], based_on: int, actor: User | None) -> Version:
    """Which facts it states, as a person says. Raises Overtaken, NotAllowed."""
    with transaction.atomic():
        held, now, number = _locked(answer)
        check_may_change(actor, held, now.state)
        if now.number != based_on:
            raise Overtaken()
        if write_facts(facts) == write_facts(read_facts(now.facts)):
            return now
        made = _version(held, content_of(now), number, actor=actor, facts=facts)
        do_log(actor=actor, action="answer.facts", what="answer", public_id=held.public_id)
    return made


def do_reviewed(*, answer: Answer, review_on: date | None, actor: User | None, why: str = "") -> Version:
    """It was looked at and still holds; departures from it are settled with that."""
    check_may_edit(actor)
    with transaction.atomic():
        held, now, number = _locked(answer)
        content = replace(content_of(now), review_on=review_on)
        made = _version(held, content, number, actor=actor, facts=read_facts(now.facts), why=why)
        do_settle_departures(answer=held, handled="kept", actor=actor)
        do_log(actor=actor, action="answer.reviewed", what="answer", public_id=held.public_id)
    return made


def do_settle_departures(*, answer: Answer, handled: str, actor: User | None) -> int:
    """What advisers answered otherwise was looked at: the book stands ("kept") or was changed ("changed")."""
    check_may_edit(actor)
    return Departure.objects.filter(answer=answer, handled="").update(handled=handled, handled_by=actor)


def do_link_need(*, answer: Answer, need: UUID, actor: User | None) -> None:
    """Who has this need, asks this question."""
    check_may_propose(actor)
    with transaction.atomic():
        _, made = AnswerNeed.objects.get_or_create(answer=answer, need=need, defaults={"by": actor})
        if made:
            do_log(actor=actor, action="answer.link_need", what="answer", public_id=answer.public_id)


def do_unlink_need(*, answer: Answer, need: UUID, actor: User | None) -> None:
    """This need has nothing to do with it."""
    check_may_propose(actor)
    with transaction.atomic():
        if AnswerNeed.objects.filter(answer=answer, need=need).delete()[0]:
            do_log(actor=actor, action="answer.unlink_need", what="answer", public_id=answer.public_id)


def do_open_book(*, is_open: bool, actor: User | None) -> PublicBook:
    """Let everyone read what is meant for customers, or nobody."""
    check_may_edit(actor)
    with transaction.atomic():
        made = PublicBook.objects.create(is_open=is_open, by=actor)
        action = "book.open" if is_open else "book.close"
        do_log(actor=actor, action=action, what="book", public_id=made.public_id)
    return made


def changed_fields(one: Content, other: Content) -> list[str]:
    """The names of the fields that differ."""
    return [name for name in FIELDS if getattr(one, name) != getattr(other, name)]
