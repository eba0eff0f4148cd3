"""To whom a reply was said: the person of the voice that it answers, else the first recipient whom we know."""

from collections.abc import Collection, Sequence

from gehoor.rooms.people.bulk import chunks
from gehoor.rooms.people.models import Addressing, Attribution, Destination
from gehoor.rooms.voices.models import Reply


def address(replies: Collection[int]) -> None:
    """Keep to whom these replies were said."""
    for chunk in chunks(replies):
        answered = dict(Reply.objects.filter(id__in=chunk).values_list("id", "answers"))
        person = _persons_of({voice for voice in answered.values() if voice is not None})
        told = _recipients(chunk)
        Addressing.objects.bulk_create(
            [
                Addressing(reply_id=reply, person_id=person.get(voice or 0) or told.get(reply))
                for reply, voice in answered.items()
            ],
            update_conflicts=True,
            unique_fields=["reply"],
            update_fields=["person"],
        )


def address_again(*, voices: Sequence[int], identities: Sequence[int]) -> None:
    """Voices turned out to be someone else's, or identities to point elsewhere: so do the replies to them."""
    replies: set[int] = set()
    for chunk in chunks(voices):
        replies.update(
            Reply.objects.filter(answers__in=chunk, addressing__isnull=False).values_list("id", flat=True)
        )
    for chunk in chunks(identities):
        replies.update(Destination.objects.filter(identity__in=chunk).values_list("reply_id", flat=True))
    address(replies)


def _persons_of(voices: set[int]) -> dict[int, int | None]:
    return dict(Attribution.objects.filter(voice__in=voices).values_list("voice", "person"))


def _recipients(replies: Sequence[int]) -> dict[int, int | None]:
    rows = Destination.objects.filter(reply__in=replies, identity__person__isnull=False).order_by("-position")
    return dict(rows.values_list("reply", "identity__person"))
