"""What intake knows of a voice: of how many pages its scan is, and where to say that these were parted wrongly."""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.voices.lenses import Fact, Lens
from gehoor.rooms.voices.models import Transcription


def _facts(voices: Sequence[int]) -> Mapping[int, Fact]:
    if len(voices) != 1:
        return {}
    found = Transcription.objects.filter(voice__in=voices, pages__gt=0).order_by("id").select_related("voice")
    return {
        each.voice.pk: Fact(
            ngettext("%(count)s page", "%(count)s pages", each.pages) % {"count": each.pages},
            reverse("intake:letter", args=[each.voice.public_id]),
        )
        for each in found
        if each.voice is not None
    }


def _nothing(_: str) -> Q:
    raise NotFound(what=sentence("filter"))


LENS = Lens(name="pages", condition=_nothing, facts=_facts, describe=str)
