"""Answers on paper: what waits is printed together, and is told when it is in the post."""

from contextlib import suppress

from django.db.models import QuerySet

from gehoor.kernel.errors import CannotDeliver, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending.jobs import MOST, do_post, do_print, document
from gehoor.rooms.sending.models import Delivery, JobState, PrintJob, RunKind, RunState, State
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.senders import printer_for


def waiting() -> QuerySet[Delivery]:
    """Letters that nobody printed yet, oldest first."""
    found = Delivery.objects.filter(run__kind=RunKind.ANSWER, channel="letter", state=State.WAITING)
    return found.filter(run__state=RunState.SENDING).select_related("run").order_by("id")


def printed() -> QuerySet[PrintJob]:
    """Those that were printed and are not in the post yet."""
    return PrintJob.objects.filter(run__kind=RunKind.ANSWER, state=JobState.MADE).select_related("run").order_by("id")


def do_print_letters(actor: User | None) -> int:
    """Take all that wait, so many as one person folds at once; says how many. One by one, so that what is cut off half
    way is only what was taken."""
    taken = 0
    for delivery in waiting()[:MOST]:
        with suppress(Refused):  # taken back, or printed by a colleague, a moment ago
            do_print(actor=actor, run=delivery.run)
            taken += 1
    return taken


def stack() -> bytes:
    """The letters that are printed and not in the post, as one document. One that cannot be made is left out, and its
    case says why. Raises Refused when there is none."""
    found = printer_for("letter")
    if found is None:
        raise Refused(why=sentence("no sender of letters is installed"))
    printer, settings = found
    while letters := _letters():
        messages = {outgoing(each).key: each for each in letters}
        try:
            return printer.render(settings, current_letterhead(), [outgoing(each) for each in letters])
        except CannotDeliver as error:
            bad = messages.get(str(error.fields.get("key", "")))
            if bad is None or bad.job is None:
                raise
            with suppress(Refused):
                document(bad.job)
    raise Refused(why=sentence("no letter waits"))


def _letters() -> list[Delivery]:
    found = Delivery.objects.filter(job__in=printed(), state=State.PRINTED)
    return list(found.select_related("run__wording", "run__by", "person", "voice", "job").order_by("id"))


def do_post_letters(actor: User | None) -> int:
    """All that were printed are in the post: these customers have their answer. Says how many."""
    return sum(do_post(actor=actor, job=job) for job in printed())
