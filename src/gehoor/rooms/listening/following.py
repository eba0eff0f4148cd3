"""How this room follows when the text of a voice was corrected: marked passages move along."""

from gehoor.rooms.listening.models import BoardQuote, HandedOn, Struck
from gehoor.rooms.voices.changes import Changed


def follow(changed: Changed) -> None:
    """A passage of which nothing is left goes; what was handed on is then about the voice as a whole."""
    kept: dict[tuple[int, int, int], Struck] = {}
    gone = []
    for each in Struck.objects.filter(voice=changed.voice).order_by("pk"):
        each.start, each.end = _moved(changed, each.start, each.end)
        place = (each.listener_id, each.start, each.end)
        if each.start >= each.end or place in kept:
            gone.append(each.pk)
        else:
            kept[place] = each
    Struck.objects.filter(pk__in=gone).delete()
    for each in sorted(kept.values(), key=lambda each: -each.end):
        each.save(update_fields=["start", "end"])
    _follow_letters(changed)
    for handed in HandedOn.objects.filter(voice=changed.voice, start__isnull=False):
        start, end = _moved(changed, handed.start or 0, handed.end or 0)
        handed.start, handed.end = (start, end) if start < end else (None, None)
        handed.save(update_fields=["start", "end"])


def _follow_letters(changed: Changed) -> None:
    for quote in BoardQuote.objects.filter(voice=changed.voice):
        quote.start, quote.end = _moved(changed, quote.start, quote.end)
        quote.save(update_fields=["start", "end"])


def _moved(changed: Changed, start: int, end: int) -> tuple[int, int]:
    return (changed.edits.moved(start) if start else 0), changed.edits.moved(end)
