"""Whether a voice was heard by a human of ours: the filter and the fact beside a voice."""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.listening.models import Heard
from gehoor.rooms.listening.queries import heard_condition
from gehoor.rooms.voices.lenses import Fact, Lens

_WORDS = {"yes": sentence("heard by someone"), "no": sentence("not heard by anyone yet")}


def _condition(value: str) -> Q:
    _describe(value)
    return heard_condition() if value == "yes" else ~heard_condition()


def _facts(voices: Sequence[int]) -> Mapping[int, Fact]:
    heard = set(Heard.objects.filter(voice__in=voices, enough=True).values_list("voice", flat=True))
    return {voice: Fact(_describe("yes" if voice in heard else "no")) for voice in voices}


def _describe(value: str) -> str:
    if value not in _WORDS:
        raise NotFound(what=sentence("filter"))
    return gettext(_WORDS[value])


LENS = Lens(name="heard", condition=_condition, facts=_facts, describe=_describe)
