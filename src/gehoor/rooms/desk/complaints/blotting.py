"""Blotting out: the line, its days, its outcome, its cause and its lesson stay; name, address and words go.

The last stage of the way does it by itself when the year after handling is over; the privacy officer can do it sooner.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.complaints.terms import KEPT_DAYS
from gehoor.rooms.desk.models import Complaint, ComplaintStep
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.privacy.audit import do_log

_WORDS = frozenset({"name", "address", "about", "handling"})


def kept_after_erasing() -> QuerySet[Complaint]:
    """Lines of people who were erased, in which name, address and words still stand; what goes first comes first."""
    return Complaint.objects.filter(person_erased_at__isnull=False, blotted=False).order_by("answered_at", "pk")


def _due() -> QuerySet[Complaint]:
    over = Q(answered_at__lt=now() - timedelta(days=KEPT_DAYS)) | Q(removed=True)
    return kept_after_erasing().filter(over)


def pending() -> int:
    """Lines of erased people of which the year is over."""
    return _due().count()


def drain(limit: int) -> int:
    """Blot these out."""
    found = list(_due()[:limit])
    for complaint in found:
        do_blot(complaint)
    return len(found)


STAGE = Stage("complaints", 95, sentence("Blotting out old complaints"), pending, drain)


def do_blot(complaint: Complaint) -> None:
    """Blot out whom a complaint came from and in which words; the steps keep what was done, not the words."""
    with transaction.atomic():
        held = Complaint.objects.select_for_update().get(pk=complaint.pk)
        for step in held.steps.all():
            values = {
                when: {field: value for field, value in said.items() if field not in _WORDS}
                for when, said in step.values.items()
                if isinstance(said, dict)
            }
            ComplaintStep.objects.filter(pk=step.pk).update(values=values)
        Complaint.objects.filter(pk=held.pk).update(
            name="", address="", about="", handling="", person=None, voice=None, case=None, blotted=True
        )
        ComplaintStep.objects.create(complaint=held, kind="blot", values={})


def do_blot_now(complaint: Complaint, actor: User) -> None:
    """The privacy officer has the line of an erased person blotted out before its year is over. Raises Refused for a
    line of someone whom we still know, NotAllowed."""
    if not actor.may(May.ERASE):
        raise NotAllowed()
    if complaint.person_erased_at is None:
        raise Refused(why=sentence("erase the person first; this line goes along"))
    with transaction.atomic():
        do_blot(complaint)
        do_log(actor=actor, action="complaint.blot", what="complaint", public_id=complaint.public_id)
