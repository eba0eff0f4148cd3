"""What the screens and commands ask of intake."""

from django.db.models import QuerySet

from gehoor.kernel.language import Sentence
from gehoor.rooms.intake.models import Item, Outcome
from gehoor.rooms.intake.summary import Summary, Trouble


def unread() -> QuerySet[Item]:
    """Everything that waits or was refused, newest first."""
    return (
        Item.objects.filter(outcome__in=[Outcome.WAITING, Outcome.REFUSED]).select_related("original").order_by("-id")
    )


def trouble_of(item: Item) -> Trouble:
    """Why an item waits or was refused, and what to do."""
    text, remedy, values = item.reason
    source = f"{item.file}:{item.item}" if item.item not in {"", item.file} else item.file
    return Trouble(source, item.code, Sentence(text, values), Sentence(remedy, values))


def troubles() -> Summary:
    """A summary of everything that waits or was refused."""
    summary = Summary()
    for item in unread().iterator():
        (summary.waiting if item.outcome == Outcome.WAITING else summary.refused).append(trouble_of(item))
    return summary
