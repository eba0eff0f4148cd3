"""What people say of what the machine made of given answers: kept, undoable, and reused for all that say the same."""

from uuid import UUID

from django.db import transaction

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.given.deciding import WRONG, do_judge
from gehoor.rooms.answers.given.joining import OTHER
from gehoor.rooms.answers.given.judging import AGREE, CONTRADICT, DIFFER
from gehoor.rooms.answers.given.saying import shortened
from gehoor.rooms.answers.models import Answer, Because, Departure, Given, Question, Ruling
from gehoor.rooms.privacy.audit import do_log

RULINGS = {
    CONTRADICT: sentence("They do clash"),
    AGREE: sentence("They say the same after all"),
    DIFFER: sentence("Both can be true"),
    OTHER: sentence("This is another question"),
    WRONG: sentence("This was not right"),
}
"""What someone can say of two groups of answers, as it is called on screen."""


def access_question(public_id: UUID) -> Question:
    """One question; raises NotFound."""
    found = Question.objects.select_related("answer__current", "asked_in").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("question"))
    return found


def access_given(question: Question, public_id: str) -> Given:
    """One answer to this question; raises NotFound."""
    try:
        found = Given.objects.filter(question=question, public_id=UUID(public_id)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(what=sentence("answer"))
    return found


def access_ruling(public_id: UUID) -> Ruling:
    """One ruling; raises NotFound."""
    found = Ruling.objects.select_related("one__question", "other__question", "by").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("ruling"))
    return found


def do_rule(*, one: Given, other: Given, verdict: str, actor: User, why: str = "") -> Ruling:
    """Say how the group of ``one`` stands to the group of ``other``; both answer the same question.

    Raises NotAllowed, or Refused when that cannot be said of these two.
    """
    if not actor.may(May.EDIT_ANSWERS):
        raise NotAllowed()
    if verdict not in RULINGS:
        raise Refused(why=sentence("there is no such ruling"))
    if one.question_id is None or one.question_id != other.question_id or one.pk == other.pk:
        raise Refused(why=sentence("choose two answers to the same question"))
    with transaction.atomic():
        ruling = Ruling.objects.create(one=one, other=other, verdict=verdict, why=why.strip()[:500], by=actor)
        apart = _set_apart(one) if verdict == OTHER else None
        do_log(actor=actor, action="given.rule", what="question", public_id=_question(other).public_id)
    _judge_again({other.question_id, apart})
    return ruling


def _set_apart(one: Given) -> int:
    """The answers that say what this one says become a question of their own."""
    before = _question(one)
    made = Question.objects.create(text="", verdict="")
    Given.objects.filter(question=before, group=one.group).update(question=made)
    return made.pk


def _question(given: Given) -> Question:
    if given.question is None:
        raise NotFound(what=sentence("question"))
    return given.question


def do_undo_ruling(*, ruling: Ruling, actor: User) -> None:
    """Take it back: what was set apart comes together again. Undone twice is undone once. Raises NotAllowed."""
    if not actor.may(May.EDIT_ANSWERS):
        raise NotAllowed()
    touched = {ruling.one.question_id, ruling.other.question_id if ruling.other else None}
    with transaction.atomic():
        if not Ruling.objects.filter(pk=ruling.pk, undone=False).update(undone=True):
            return
        if ruling.verdict == OTHER and ruling.other is not None and ruling.other.question_id is not None:
            Given.objects.filter(question=ruling.one.question_id).update(question=ruling.other.question_id)
        public_id = ruling.other.question.public_id if ruling.other and ruling.other.question else None
        do_log(actor=actor, action="given.undo_ruling", what="question", public_id=public_id)
    _judge_again(touched)


def _judge_again(questions: set[int | None]) -> None:
    for pk in sorted(each for each in questions if each is not None):
        Question.objects.filter(pk=pk).update(verdict="")
        do_judge(Question.objects.get(pk=pk))


def do_say_book_is_wrong(*, question: Question, why: str, actor: User) -> Departure:
    """Tell the owner of the entry that what the book says of this question is not right. Raises Refused, NotAllowed."""
    if not actor.may(May.PROPOSE_ANSWERS):
        raise NotAllowed()
    entry: Answer | None = question.answer
    if entry is None or entry.current is None:
        raise Refused(why=sentence("the book says nothing about this question"))
    if not why.strip():
        raise Refused(why=sentence("say what is not right about it"))
    with transaction.atomic():
        made = Departure.objects.create(
            answer=entry,
            version=entry.current,
            book_says=shortened(entry.current.text)[:300],
            because=Because.BOOK_WRONG,
            why=why.strip()[:500],
            by=actor,
        )
        do_log(actor=actor, action="answer.depart", what="departure", public_id=made.public_id)
    return made
