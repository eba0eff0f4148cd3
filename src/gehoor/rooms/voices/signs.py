"""A small sign beside a voice in a list: that its scan can be seen, or its recording heard."""

from collections.abc import Mapping, Sequence
from typing import Literal

from django.db.models import Q

from gehoor.rooms.voices.models import Voice

Sign = Literal["scan", "sound"]


def signs_of(voices: Sequence[int]) -> Mapping[int, Sign]:
    """The sign of each of these voices that has one; one query."""
    audible = Q(original__media_type__startswith="audio/") | Q(attachments__media_type__startswith="audio/")
    rows = (
        Voice.objects.filter(pk__in=voices)
        .filter(Q(transcriptions__pages__gt=0) | audible)
        .values_list("pk", "transcriptions__pages")
        .distinct()
    )
    return {pk: "scan" if pages else "sound" for pk, pages in rows}
