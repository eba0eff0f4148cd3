"""Whether a voice was heard by a human of ours: the filter and the fact beside a voice, and sessions in the trail."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.models import Heard, Session
from gehoor.rooms.listening.queries import heard_condition
from gehoor.rooms.privacy.subjects import Named
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


def subjects(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Sessions in the audit trail: named to everyone who reads it, opened only by the listener."""
    sessions = Session.objects.filter(public_id__in=public_ids)
    return {
        each.public_id: Named(
            gettext("listening session"),
            reverse("listening:session", args=[each.public_id]) if each.listener_id == viewer.pk else "",
        )
        for each in sessions
    }


LENS = Lens(name="heard", condition=_condition, facts=_facts, describe=_describe)
