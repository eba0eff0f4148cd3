"""Answering a case, taking that back in time, and reaching someone in another way after all.

Of two who answer the same voice at the same moment one does: the database says which. The other loses nothing.
"""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering.asking import do_ask, goes_along
from gehoor.rooms.desk.answering.drafting import do_end_draft
from gehoor.rooms.desk.answering.errors import AnsweredAlready
from gehoor.rooms.desk.answering.manners import current_manners, limit_of
from gehoor.rooms.desk.answering.standing import do_revert, do_say_it_went
from gehoor.rooms.desk.answering.storing import keep_reply
from gehoor.rooms.desk.answering.ways import BY_HAND, AnswerWay, How, Whom, whom
from gehoor.rooms.desk.cases.acts import hold, in_turn
from gehoor.rooms.desk.cases.queries import title_of
from gehoor.rooms.desk.models import Answer, Case, Draft, State
from gehoor.rooms.desk.talking.chat import chat_of, do_say
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending.models import Delivery, Run
from gehoor.rooms.sending.replanning import Way, do_replan
from gehoor.rooms.sending.replies import forget_replies
from gehoor.rooms.sending.settling import do_say_arrived, do_send_again
from gehoor.rooms.sending.single import Single, do_say_told, do_send_single, do_take_back_single, do_unsay_single

THEN = (State.WAITING_CUSTOMER, State.SOLVED, State.WAITING_US)
"""The states that a case can be put in by answering it."""
_SUBJECTS = {"nl": "Uw vraag", "en": "Your question"}
_CLOSED = frozenset({State.CLOSED, State.MERGED, State.SPAM})


def access_answer(public_id: UUID) -> Answer:
    """One answer; raises NotFound."""
    found = Answer.objects.select_related("case", "run", "by", "answers").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("answer"))
    return found


def answer_to(voice: int) -> Answer | None:
    """The answer to this voice (primary key), where there is one: whoever answers on top of it says so."""
    return _given().filter(answers=voice).first()


def do_answer(
    case: Case,
    text: str,
    subject: str,
    channel: str,
    actor: User | None,
    *,
    way: str = "",
    then: str = State.WAITING_CUSTOMER,
    over: UUID | None = None,
    ask: bool | None = None,
    revision: int | None = None,
) -> Answer:
    """Answer what the customer of this case said last. ``channel`` is the channel, ``way`` one of the ways in it (else
    its first); ``then`` how far the case is afterwards. ``over`` is an answer to the same that the writer has seen, on
    top of which this comes. ``ask`` is whether the writer wants to ask if it helped; None: as the desk is set.
    ``revision`` is the draft that the text stands on: what a colleague wrote in it since stays a draft.

    A mail leaves when it cannot be taken back any more. Raises AnsweredAlready, NotAllowed, and Refused for a text
    that is empty or too long for the channel, a way that there is not, and a case that is closed.
    """
    if actor is not None and not actor.may(May.ANSWER):
        raise NotAllowed()
    text = text.strip().replace("\r\n", "\n")
    with in_turn():
        hold(case)
        found = whom(case)
        chosen = _chosen(found, channel, way)
        _check(case, text, chosen, then)
        answer = _made(case, found, chosen, text, subject, actor, then, over)
        answer.asks = goes_along(case, chosen, then, ask, found.language)
        answer.save(update_fields=["asks"])
        _take_out(answer, found, chosen, actor)
        do_end_draft(case, text, actor, revision)
        do_log(actor=actor, action="case.answer", what="case", public_id=case.public_id)
        if chosen.how not in {How.POSTED, How.CALLED}:
            do_say_it_went(answer, actor)
            do_ask(answer, actor)
    case.refresh_from_db()
    return answer


def _chosen(found: Whom, channel: str, way: str) -> AnswerWay:
    fitting = [each for each in found.ways if each.channel == channel and way in {"", each.choice}]
    if not fitting or (fitting[0].refused and fitting[0].choice != "back"):
        raise Refused(why=sentence("this customer cannot be reached in that way, or does not want it"))
    return fitting[0]


def _check(case: Case, text: str, way: AnswerWay, then: str) -> None:
    if not text:
        raise Refused(why=sentence("write the answer first"))
    if len(text) > limit_of(way.channel):
        raise Refused(why=sentence("the text is too long for this channel"))
    if case.state in _CLOSED or then not in THEN:
        raise Refused(why=sentence("this case is closed; nothing is answered in it any more"))


def _made(
    case: Case, found: Whom, way: AnswerWay, text: str, subject: str, actor: User | None, then: str, over: UUID | None
) -> Answer:
    """The answer; the database refuses a second one to the same voice."""
    earlier = answer_to(found.voice.pk)
    if earlier is not None and earlier.public_id != over:
        raise AnsweredAlready(earlier)
    moment = now()
    undo = timedelta(seconds=current_manners().undo_seconds) if way.how is How.SENT else timedelta(0)
    try:
        with transaction.atomic():
            return Answer.objects.create(
                case=case,
                answers=None if earlier is not None else found.voice,
                channel=way.channel,
                subject=subject.strip()[:200],
                text=text,
                by=actor,
                at=moment,
                leaves_at=moment + undo,
                then=then,
                was=case.state,
            )
    except IntegrityError:
        raise AnsweredAlready(_given().get(answers=found.voice)) from None


def _given() -> QuerySet[Answer]:
    return Answer.objects.filter(automatic=False, taken_back=False).select_related("by").order_by("-id")


def _take_out(answer: Answer, found: Whom, way: AnswerWay, actor: User | None) -> None:
    if way.how is How.CHATTED:
        chat = chat_of(found.voice.conversation_id)
        if chat is None:
            raise Refused(why=sentence("this customer is not in a chat"))
        _keep(answer, do_say(chat, answer.text, actor).pk)
    elif way.how is How.PLACED or (way.how is How.SAID and not _number_of(found)):
        _keep(answer, keep_reply(answer, found.voice, actor).pk)
    else:
        answer.run = do_send_single(actor=actor, said=_single(answer, found, way), on_behalf=_behalf(answer.case))
        answer.save(update_fields=["run"])
        if way.how is How.SAID:
            do_say_told(actor=actor, run=answer.run)
            _keep(answer, Delivery.objects.values_list("reply", flat=True).get(run=answer.run))


def _keep(answer: Answer, reply: int | None) -> None:
    answer.reply_id, answer.went_at = reply, now()
    answer.save(update_fields=["reply", "went_at"])


def _behalf(case: Case) -> tuple[str, UUID]:
    return "case", case.public_id


def _number_of(found: Whom) -> AnswerWay | None:
    return next((each for each in found.ways if each.how is How.CALLED), None)


def _single(answer: Answer, found: Whom, way: AnswerWay) -> Single:
    known = (_number_of(found) or way) if way.how is How.SAID else way
    shown = Way(known.choice, known.channel, known.to, known.refused, known.fields)
    return Single(
        name=title_of(answer.case),
        subject=answer.subject or _SUBJECTS[found.language],
        text=answer.text,
        language=found.language,
        way=shown,
        called=found.called,
        leaves_at=answer.leaves_at,
        person=found.person.pk if found.person else None,
        voice=found.voice.pk,
        why=way.why or BY_HAND,
    )


def do_take_back(answer: Answer, actor: User | None) -> Draft:
    """The answer is not to go out, or was not given, after all: the case is as it was, and the text stands in the draft
    again. Raises Refused once it is on its way, and for what stands in a chat."""
    if actor is not None and not actor.may(May.ANSWER):
        raise NotAllowed()
    with transaction.atomic():
        _undo(answer, actor)
        with in_turn():
            hold(answer.case)
            if not Answer.objects.filter(pk=answer.pk, taken_back=False).update(taken_back=True, reply=None):
                raise Refused(why=sentence("it was taken back already"))
            do_revert(answer, actor)
            do_log(actor=actor, action="case.take_back", what="case", public_id=answer.case.public_id)
            draft = _draft_again(answer, actor)
    answer.refresh_from_db()
    return draft


def _undo(answer: Answer, actor: User | None) -> None:
    """What was done with it, whichever way it goes."""
    if answer.run is not None:
        if answer.went_at is not None and answer.channel == "call":
            do_unsay_single(actor=actor, run=answer.run)
        else:
            do_take_back_single(actor=actor, run=answer.run)
    elif answer.channel == "chat" or answer.automatic:
        raise Refused(why=sentence("it is on its way already"))
    else:
        forget_replies([answer.reply_id] if answer.reply_id is not None else [])


def _draft_again(answer: Answer, actor: User | None) -> Draft:
    """The text, above what was begun since."""
    draft, made = Draft.objects.get_or_create(
        case=answer.case, defaults={"text": answer.text, "subject": answer.subject, "by": actor}
    )
    if not made and draft.text.strip() != answer.text.strip():
        draft.text = f"{answer.text}\n\n{draft.text}".strip()
        draft.revision += 1
        draft.save()
    return draft


def do_send_otherwise(answer: Answer, choice: str, actor: User | None) -> None:
    """Reach this customer in another way, with the same text, after it could not be delivered. Raises Refused where
    that way is not known or not wanted, or it arrived after all."""
    delivery = _delivery(answer.run)
    with transaction.atomic():
        do_replan(actor=actor, delivery=delivery, choice=choice)
        with in_turn():
            hold(answer.case)
            answer.failed, answer.channel, answer.leaves_at = [], delivery.channel, now()
            answer.was = answer.case.state
            answer.save(update_fields=["failed", "channel", "leaves_at", "was"])
            if delivery.channel == "email":
                do_say_it_went(answer, actor)


def do_settle(answer: Answer, *, arrived: bool, actor: User | None) -> None:
    """Say of an answer of which nobody knew whether it arrived that it did, or have it sent again. Raises Refused where
    it is not unsure any more."""
    (do_say_arrived if arrived else do_send_again)(actor=actor, delivery=_delivery(answer.run))


def _delivery(run: Run | None) -> Delivery:
    found = Delivery.objects.filter(run=run).select_related("run__wording", "person__merged_into", "voice").first()
    if run is None or found is None:
        raise Refused(why=sentence("nothing of it went through a sender"))
    return found
