"""How this room erases and exports what it keeps of a person.

What can be traced to the person goes in the same transaction: vectors' rows in the database, belonging, quotes, and
moves of the person's own words. The vectors on disk are overwritten right after. The student is taught again and
everything is grouped anew at the next run, so that names no longer rest on words that were erased; the needs
themselves, the anonymous lesson, stay.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from gehoor.analysis.needs.words import content_words, lemma
from gehoor.rooms.needs.models import AskNeed, AskVector, Decision, Generation, Need, VectorModel
from gehoor.rooms.needs.queries import need_of_voices
from gehoor.rooms.needs.recount import current_generation, do_recount
from gehoor.rooms.needs.texts import text_of
from gehoor.rooms.needs.vectors import do_sweep
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.models import Ask

_AT_ONCE = 5_000
_READ = 500
"""Passages of a need that are looked through for the words of its name."""


def erase(subject: Subject) -> None:
    """Remove everything that leads to what was said; what remains is marked to be made again without it."""
    asks, needs = _asks(subject.voices), _path(subject.voices)
    if not subject.voices:
        return
    _remove_citations(set(asks))
    for at in range(0, len(asks), _AT_ONCE):
        some = asks[at : at + _AT_ONCE]
        AskVector.objects.filter(ask__in=some).delete()
    for at in range(0, len(subject.voices), _AT_ONCE):
        AskNeed.objects.filter(voice__in=subject.voices[at : at + _AT_ONCE]).delete()
    Decision.objects.filter(voice__in=subject.voices).delete()
    _forget_names(needs)
    VectorModel.objects.update(unswept=True)
    VectorModel.objects.filter(taught_on__gt=0).update(stale=True)
    Generation.objects.update(stale=True)


def judged(voices: Collection[int]) -> Iterable[int | None]:
    """Voices of which someone moved an ask."""
    return Decision.objects.filter(voice__in=voices).values_list("voice_id", flat=True).distinct()


def _asks(voices: Sequence[int]) -> list[int]:
    found: list[int] = []
    for at in range(0, len(voices), _AT_ONCE):
        found.extend(Ask.objects.filter(voice__in=voices[at : at + _AT_ONCE]).values_list("pk", flat=True))
    return found


def _remove_citations(asks: set[int]) -> None:
    """Quotes and counter-voices of these asks."""
    changed = []
    for need in Need.objects.only("pk", "quotes", "counter").iterator():
        quotes = [citation for citation in need.quotes if citation[0] not in asks]
        counter = [citation for citation in need.counter if citation[0] not in asks]
        if (quotes, counter) != (need.quotes, need.counter):
            need.quotes, need.counter = quotes, counter
            changed.append(need)
    Need.objects.bulk_update(changed, ["quotes", "counter"], batch_size=200)


def _path(voices: Sequence[int]) -> set[int]:
    """The needs that these voices had a part in, as computed, up to the broadest."""
    above = dict(Need.objects.values_list("pk", "machine_parent_id"))
    found: set[int] = set()
    for start in range(0, len(voices), _AT_ONCE):
        rows = AskNeed.objects.filter(voice__in=voices[start : start + _AT_ONCE]).values_list("computed_id", flat=True)
        at = {need or 0 for need in rows} - {0}
        while at:
            found |= at
            at = {above[need] or 0 for need in at} - found - {0}
    return found


def _forget_names(needs: set[int]) -> None:
    """A proposed name with a word that nobody left in the need uses was made of the erased words: it goes."""
    gone = []
    for need in Need.objects.filter(pk__in=needs).select_related("generation"):
        up = "__machine_parent" * (need.generation.levels - need.level)
        rows = AskNeed.objects.filter(**{f"computed{up}": need.pk}).exclude(ask=None)
        left = text_of(list(rows.values_list("ask_id", flat=True)[:_READ]))
        used = {lemma(word) for text in left for word in content_words(text)}
        if not {lemma(word) for word in content_words(need.proposed_name)} <= used:
            gone.append(need.pk)
    Need.objects.filter(pk__in=gone).update(proposed_name="")


def sweep(_: Subject) -> None:
    """Overwrite the vectors on disk, and count anew."""
    if not VectorModel.objects.filter(unswept=True).exists():
        return
    do_sweep()
    generation = current_generation()
    if generation is not None:
        do_recount(generation=generation)


def export(subject: Subject) -> Mapping[str, Any]:
    """Which needs were found in what the person said."""
    found = need_of_voices(list(subject.voices))
    public_ids = dict(
        Ask.objects.filter(
            voice__in=subject.voices, pk__in=[ask for asks in found.values() for ask, _ in asks]
        ).values_list("pk", "voice__public_id")
    )
    return {
        "asked_for": [
            {"voice": str(public_ids[ask]), "need": str(need)} for asks in found.values() for ask, need in asks
        ]
    }
