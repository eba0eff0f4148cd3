"""How often something of the desk was changed: whoever names the number they saw does not act unseen on top of what
another did."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Count, Model, Q

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import ComplaintStep, PromiseStep


class ChangedSince(Refused):
    """Somebody changed it since the asker looked."""

    code = "changed_since"
    text = sentence("Somebody was first: this was changed since you read it.")
    remedy = sentence("Read it again; if it still has to be done, ask it with the `version` that it has now.")


Steps = type[PromiseStep] | type[ComplaintStep]


def versions_of(steps: Steps, of: str, keys: list[int]) -> dict[int, int]:
    """The number of each of these things (``of`` names the field that leads to it): every step counts, and so does
    every undoing, so that it only grows. One query."""
    rows = steps._default_manager.filter(**{f"{of}__in": keys}).values(of)
    counted = rows.annotate(made=Count("pk"), undone_=Count("pk", filter=Q(undone=True)))
    found = {row[of]: row["made"] + row["undone_"] for row in counted.order_by()}
    return {key: found.get(key, 0) for key in keys}


@contextmanager
def unchanged(thing: Model, steps: Steps, of: str, version: int | None) -> Iterator[None]:
    """A transaction in which nobody else changes this thing. Raises ChangedSince where its number is not ``version``
    any more; None: whatever was changed."""
    with transaction.atomic():
        type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        if version is not None and versions_of(steps, of, [thing.pk])[thing.pk] != version:
            raise ChangedSince()
        yield
