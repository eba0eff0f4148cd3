"""What people do with voices."""

from uuid import UUID

from django.db import transaction

from gehoor.analysis.kind import KINDS, classify
from gehoor.analysis.text import customers_part
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import KindCorrection, Understanding, Voice
from gehoor.rooms.voices.understanding import learned_cues


def access_voice(public_id: UUID) -> Voice:
    """One voice with what was understood of it; raises NotFound."""
    try:
        return Voice.objects.select_related("understanding", "conversation").get(public_id=public_id)
    except Voice.DoesNotExist:
        raise NotFound(what=sentence("voice")) from None


def do_correct_kind(*, voice: Voice, kind: str, actor: User) -> None:
    """Say what kind of voice this is; an empty ``kind`` takes the correction back and lets the machine judge again."""
    if kind not in {*KINDS, ""}:
        raise Refused(why=sentence("there is no such kind of voice"))
    with transaction.atomic():
        KindCorrection.objects.create(voice=voice, kind=kind, actor=actor)
        judged = kind or _machine_kind(voice)
        Understanding.objects.filter(voice=voice).update(kind=judged, kind_by_person=bool(kind))
        do_log(actor=actor, action="correct_kind", what="voice", public_id=voice.public_id)


def _machine_kind(voice: Voice) -> str:
    return classify(customers_part(voice.text), learned_cues()).kind
