"""The stage of choruses: cases that nobody held against others yet are; who is to be told one answer is told."""

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.cases.acts import in_turn
from gehoor.rooms.desk.chorus.answering import due, tell_some
from gehoor.rooms.desk.chorus.joining import compare
from gehoor.rooms.desk.models import Case, CaseSentence
from gehoor.rooms.intake.stages import Stage

_AT_ONCE = 100


def pending() -> int:
    """How many cases are still to be compared, and answers to be told."""
    return Case.objects.filter(compared=False).count() + due().count()


def drain(limit: int) -> int:
    """Compare ``limit`` of them at most, or tell so many; what others may not send any more is forgotten."""
    done = 0
    while done < limit:
        with in_turn():
            cases = Case.objects.filter(compared=False).select_related("voice").order_by("pk")
            some = list(cases[: min(_AT_ONCE, limit - done)])
            for case in some:
                compare(case)
        done += len(some)
        if not some:
            break
    CaseSentence.objects.filter(until__lt=now()).delete()
    return done or tell_some(limit)


def forget() -> None:
    """Nothing: what people took out of a chorus stays out."""


STAGE = Stage(
    name="chorus",
    order=25,
    title=sentence("Seeing who sent the same"),
    pending=pending,
    drain=drain,
    forget=forget,
)
