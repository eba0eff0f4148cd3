"""How this room follows when the text of a voice was corrected: places move along, changed words are weighed anew."""

from collections.abc import Sequence

from gehoor.rooms.needs.models import AskNeed, AskVector, Decision, Generation, Need, VectorModel
from gehoor.rooms.voices.changes import Changed
from gehoor.rooms.voices.models import Ask


def follow(changed: Changed) -> None:
    """Make every vector of the voice again, since an ask leans on its voice. Asks whose words changed find their need
    again, unless a person said which it is."""
    asks = set(Ask.objects.filter(voice=changed.voice).values_list("pk", flat=True))
    AskVector.objects.filter(ask__in=asks).delete()
    VectorModel.objects.update(unswept=True)
    _move_belonging(changed)
    _move_decisions(changed)
    _move_citations(changed, asks)
    Generation.objects.filter(current=True).update(counted="")


def _move_belonging(changed: Changed) -> None:
    AskNeed.objects.filter(ask__in=changed.gone).delete()
    AskNeed.objects.filter(ask__in=changed.asks, moved=None, generation__current=True).delete()
    rows = list(AskNeed.objects.filter(voice=changed.voice))
    for row in rows:
        row.start = changed.edits.moved(row.start) if row.start else 0
    AskNeed.objects.bulk_update(rows, ["start"])


def _move_decisions(changed: Changed) -> None:
    """A move names a passage, which is the same passage in other words."""
    decisions = list(Decision.objects.filter(voice=changed.voice))
    for each in decisions:
        each.start = None if each.start is None else changed.edits.moved(each.start) if each.start else 0
        each.end = None if each.end is None else changed.edits.moved(each.end)
    Decision.objects.bulk_update(decisions, ["start", "end"])


def _move_citations(changed: Changed, asks: set[int]) -> None:
    moved = []
    for need in Need.objects.only("pk", "quotes", "counter").iterator():
        if any(citation[0] in asks for citation in (*need.quotes, *need.counter)):
            need.quotes, need.counter = _moved(need.quotes, changed, asks), _moved(need.counter, changed, asks)
            moved.append(need)
    Need.objects.bulk_update(moved, ["quotes", "counter"], batch_size=200)


def _moved(citations: Sequence[Sequence[int]], changed: Changed, asks: set[int]) -> list[list[int]]:
    kept: list[list[int]] = []
    for ask, start, end in citations:
        if ask not in asks:
            kept.append([ask, start, end])
        elif ask not in changed.gone:
            start, end = changed.edits.moved(start) if start else 0, changed.edits.moved(end)
            kept += [[ask, start, end]] if start < end else []
    return kept
