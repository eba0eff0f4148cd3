"""To whom a reply was said: the person of the voice that it answers, else the first recipient whom we know."""

from collections.abc import Collection

from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Addressing, Attribution, Destination
from gehoor.rooms.voices.models import Reply


def address(replies: Collection[int]) -> None:
    """Keep to whom these replies were said."""
    answered = dict(Reply.objects.filter(among("id", replies)).values_list("id", "answers_id"))
    answering = {voice for voice in answered.values() if voice is not None}
    person = dict(Attribution.objects.filter(among("voice_id", answering)).values_list("voice_id", "person_id"))
    told = _recipients(replies)
    Addressing.objects.bulk_create(
        [
            Addressing(reply_id=reply, person_id=person.get(voice or 0) or told.get(reply))
            for reply, voice in answered.items()
        ],
        update_conflicts=True,
        unique_fields=["reply"],
        update_fields=["person"],
    )


def address_again(*, voices: Collection[int], identities: Collection[int]) -> None:
    """Voices turned out to be someone else's, or identities to point elsewhere: so do the replies to them."""
    answering = (
        Reply.objects.filter(among("answers_id", voices), addressing__isnull=False) if voices else Reply.objects.none()
    )
    sent = Destination.objects.filter(among("identity_id", identities)) if identities else Destination.objects.none()
    replies = {*answering.values_list("id", flat=True), *sent.values_list("reply_id", flat=True)}
    if replies:
        address(replies)


def _recipients(replies: Collection[int]) -> dict[int, int | None]:
    rows = Destination.objects.filter(among("reply_id", replies), identity__person__isnull=False)
    return dict(rows.order_by("-position").values_list("reply_id", "identity__person_id"))
