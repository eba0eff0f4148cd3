"""One answer to everyone of a chorus: put on its way once, told case by case, each with their own name above it."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.errors import GehoorError, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.answering.actions import THEN, do_answer
from gehoor.rooms.desk.answering.composing import closing_of, greeting_of, re_subject
from gehoor.rooms.desk.answering.manners import LONGEST, current_manners
from gehoor.rooms.desk.answering.ways import How, Whom, whom
from gehoor.rooms.desk.cases.states import check_may_answer
from gehoor.rooms.desk.models import WAITS_FOR_US, Case, Chorus, ChorusAnswer, ChorusTold, State
from gehoor.rooms.privacy.audit import do_log

LEAST_UNDO = timedelta(seconds=60)
"""Many are told at once: there is at least a minute to take it back."""
NO_WAY = sentence("We know no way to reach this customer.")
OTHER_LANGUAGE = sentence("This customer writes English, and there was no English text.")
ALREADY = sentence("A colleague was writing to this customer, or had answered.")


def access_chorus(public_id: UUID) -> Chorus:
    """One chorus; raises NotFound."""
    found = Chorus.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("group of the same messages"))
    return found


def under_way(chorus: Chorus) -> ChorusAnswer | None:
    """The answer that not everyone has yet."""
    return ChorusAnswer.objects.filter(chorus=chorus, ended_at=None).select_related("by").first()


def do_answer_all(
    chorus: Chorus,
    actor: User,
    *,
    text_nl: str,
    text_en: str = "",
    subject: str = "",
    then: str = State.WAITING_CUSTOMER,
) -> ChorusAnswer:
    """Answer everyone of a chorus who waits. It leaves after the time in which it can be stopped. Raises Refused for an
    empty or too long text, and where an answer to them is under way."""
    check_may_answer(actor)
    texts = [each.strip().replace("\r\n", "\n") for each in (text_nl, text_en)]
    if not texts[0]:
        raise Refused(why=sentence("write the answer first"))
    if max(map(len, texts)) > LONGEST - 2_000:
        raise Refused(why=sentence("the text is too long for this channel"))
    if then not in THEN:
        raise Refused(why=sentence("choose how far they are afterwards"))
    undo = max(LEAST_UNDO, timedelta(seconds=current_manners().undo_seconds))
    try:
        with transaction.atomic():
            made = ChorusAnswer.objects.create(
                chorus=chorus,
                subject=subject.strip()[:200],
                text_nl=texts[0],
                text_en=texts[1],
                then=then,
                by=actor,
                at=now(),
                leaves_at=now() + undo,
            )
            do_log(actor=actor, action="chorus.answer", what="chorus", public_id=chorus.public_id)
    except IntegrityError:
        raise Refused(why=sentence("an answer to them is on its way already; wait for it or stop it")) from None
    return made


def do_stop(answer: ChorusAnswer, actor: User) -> None:
    """Who has not been answered yet is not answered so. Raises Refused where all were."""
    check_may_answer(actor)
    with transaction.atomic():
        if not ChorusAnswer.objects.filter(pk=answer.pk, ended_at=None).update(ended_at=now(), stopped=True):
            raise Refused(why=sentence("everyone has it already"))
        do_log(actor=actor, action="chorus.stop", what="chorus", public_id=answer.chorus.public_id)


def due() -> QuerySet[ChorusAnswer]:
    """Answers that leave now."""
    return ChorusAnswer.objects.filter(ended_at=None, leaves_at__lte=now())


def still_to_tell(answer: ChorusAnswer) -> QuerySet[Case]:
    """Whom this answer is still to be told."""
    told = ChorusTold.objects.filter(of=answer).values("case")
    return Case.objects.filter(chorus=answer.chorus_id, state__in=WAITS_FOR_US).exclude(pk__in=told)


def tell_some(limit: int) -> int:
    """Tell ``limit`` of them at most; says how many were done. What was told to the last has ended."""
    done = 0
    for answer in due().select_related("chorus", "by").order_by("pk"):
        cases = list(still_to_tell(answer).select_related("voice").order_by("begun_at", "pk")[: limit - done])
        for case in cases:
            if not ChorusAnswer.objects.filter(pk=answer.pk, ended_at=None).exists():
                break
            _tell(answer, case)
            done += 1
        if not still_to_tell(answer).exists():
            done += ChorusAnswer.objects.filter(pk=answer.pk, ended_at=None).update(ended_at=now())
        if done >= limit:
            break
    return done


def _tell(answer: ChorusAnswer, case: Case) -> None:
    found = whom(case)
    why = _why_not(answer, case, found)
    given = None
    if not why:
        way = found.ways[0]
        text = text_for(answer, found)
        subject = answer.subject or re_subject(found.voice.subject)
        try:
            with transaction.atomic():
                given = do_answer(case, text, subject, way.channel, answer.by, way=way.choice, then=answer.then)
                ChorusTold.objects.create(of=answer, case=case, answer=given)
                return
        except GehoorError as refused:
            why = refused.text
    ChorusTold.objects.create(of=answer, case=case, why=[why])


def _why_not(answer: ChorusAnswer, case: Case, found: Whom) -> str:
    if answer.by is None or not found.ways or found.ways[0].refused or found.ways[0].how in {How.SAID, How.PLACED}:
        return NO_WAY
    if found.language == "en" and not answer.text_en:
        return OTHER_LANGUAGE
    return ALREADY if hasattr(case, "draft") else ""


def text_for(answer: ChorusAnswer, found: Whom) -> str:
    """The answer as this customer gets it: their name above it, ours beneath."""
    text = answer.text_en if found.language == "en" else answer.text_nl
    way = found.ways[0]
    closing = closing_of(way, found, answer.by) if answer.by else ""
    return f"{greeting_of(way, found)}{text}\n\n{closing}".strip()
