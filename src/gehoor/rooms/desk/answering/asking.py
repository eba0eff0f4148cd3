"""The one question with the last answer: whether it goes along, what the composer says of it, and its link.

It goes by mail only, with the answer that solves a case. After a complaint nobody is asked unless the writer chooses
so: a final answer that ends with "did we help you?" is read as mockery.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from gehoor.channels.phrases import ASKING
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.answering.manners import current_manners
from gehoor.rooms.desk.answering.ways import AnswerWay, How
from gehoor.rooms.desk.cases.acts import note_act
from gehoor.rooms.desk.cases.queries import family_of
from gehoor.rooms.desk.models import Answer, Case, CaseVoice, Complaint, NoComplaint, State
from gehoor.rooms.desk.talking.inviting import address_for, do_invite, may_be_asked
from gehoor.rooms.sending.filling import Language
from gehoor.rooms.sending.models import Run


@dataclass(frozen=True, slots=True)
class Asking:
    """The question as the composer offers it. ``complaint``: it is not asked unless the writer chooses so; ``words``
    stand beneath the answer, before the link."""

    complaint: bool
    words: str


def asking_of(case: Case, language: Language) -> Asking | None:
    """What the composer offers; None where nobody is to be asked. A fixed number of queries."""
    if not current_manners().ask or not settings.PUBLIC_ADDRESS or not may_be_asked(case):
        return None
    return Asking(is_complaint(case), ASKING[language])


def is_complaint(case: Case) -> bool:
    """Whether something of this case stands in the register of complaints, or reads like a complaint and nobody said
    that it is none."""
    family = family_of(case)
    placed = CaseVoice.objects.filter(case__in=family)
    said = placed.values("voice")
    registered = Complaint.objects.filter(Q(voice__in=said) | Q(case__in=family), removed=False)
    passed = NoComplaint.objects.filter(voice__in=said).values("voice")
    reads_so = placed.filter(voice__understanding__kind="complaint").exclude(voice__in=passed)
    return registered.exists() or reads_so.exists()


def goes_along(case: Case, way: AnswerWay, then: str, wished: bool | None, language: Language) -> bool:
    """Whether the question goes along with this answer. ``wished`` is what its writer chose, None who did not say."""
    if wished is False or then != State.SOLVED or way.channel != "email" or way.how is not How.SENT:
        return False
    asking = asking_of(case, language)
    return asking is not None and (wished is True or not asking.complaint)


def do_ask(answer: Answer, actor: User | None) -> None:
    """Make the link for an answer that asks; where the case is not solved, or somebody asked meanwhile, it asks
    nothing. Needs the turn, and the case held."""
    if not answer.asks:
        return
    if do_invite(answer.case, actor=actor) is None:
        answer.asks = False
        answer.save(update_fields=["asks"])
        return
    note_act(answer.case, "asked", by=actor, values={"answer": str(answer.public_id)})


def asked_with(run: Run, language: Language) -> str:
    """The link that goes along with the answer that this run carries, for the senders."""
    answer = Answer.objects.select_related("case").filter(run=run, asks=True, taken_back=False).first()
    return address_for(answer.case, language) if answer is not None else ""
