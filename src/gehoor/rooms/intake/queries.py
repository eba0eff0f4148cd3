"""What the screens and commands ask of intake."""

from django.db.models import QuerySet

from gehoor.kernel.language import Sentence
from gehoor.rooms.intake.keys import document_key
from gehoor.rooms.intake.models import Item, Outcome
from gehoor.rooms.intake.summary import Summary, Trouble, names_in


def unread() -> QuerySet[Item]:
    """Everything that waits or was refused, newest first."""
    return (
        Item.objects.filter(outcome__in=[Outcome.WAITING, Outcome.REFUSED]).select_related("original").order_by("-id")
    )


def trouble_of(item: Item) -> Trouble:
    """Why an item waits or was refused, and what to do."""
    text, remedy, values = item.reason
    source = f"{item.file}:{item.item}" if item.item not in {"", item.file} else item.file
    return Trouble(source, item.code, Sentence(text, values), Sentence(remedy, values), names_in(item.hints))


def is_kept(item: Item) -> bool:
    """Whether all of what was unread was kept, so that it can be read again: a file, or one item in a file. Of a file
    that did not come out of its archive whole, what did come out is kept and is no file."""
    if item.original is None or not item.original.size:
        return False
    return bool(item.item) or bytes(item.key) == document_key(item.file, bytes(item.original.sha256))


def troubles() -> Summary:
    """A summary of everything that waits or was refused."""
    summary = Summary()
    for item in unread().iterator():
        (summary.waiting if item.outcome == Outcome.WAITING else summary.refused).append(trouble_of(item))
    return summary
