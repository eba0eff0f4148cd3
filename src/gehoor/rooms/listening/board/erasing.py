"""How board letters lose and show what they hold of a person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gehoor.rooms.listening.board.page import page_of
from gehoor.rooms.listening.models import BoardLetter, BoardQuote


def erase_quotes(voices: Sequence[int]) -> None:
    """Take these voices off every letter, with the words that were blotted out there: they may be names."""
    quotes = BoardQuote.objects.filter(voice__in=voices)
    BoardLetter.objects.filter(pk__in=quotes.values("letter")).update(also_blotted=[])
    quotes.delete()


def quotes_of(voices: Sequence[int]) -> Iterable[Mapping[str, Any]]:
    """Which words of these voices stand on which letter, as they stand there."""
    rows = BoardQuote.objects.filter(voice__in=voices).select_related("letter", "voice")
    for each in rows.order_by("letter_id", "position"):
        shown = {quoted.quote.pk: quoted.text for quoted in page_of(each.letter).quotes}
        yield {"voice": str(each.voice.public_id), "at": each.letter.at.isoformat(), "quoted": shown[each.pk]}
