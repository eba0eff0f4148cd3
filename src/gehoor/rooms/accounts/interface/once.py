"""A request that is sent again does once what it asks for.

Whoever asks names each thing to be done by a key of their own; a program that heard no answer asks again with the same
key, and gets what the first time brought about.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import AskedOnce, User

KEPT = timedelta(days=7)
"""So long a key is known."""


class KeyUsed(Refused):
    """The key was used before, for something else."""

    code = "key_used"
    text = sentence("This key was used before, for another request.")
    remedy = sentence("Give each thing that is to be done a key of its own; only the same request has the same key.")


def once(user: User, key: str, asked: str, do: Callable[[], UUID]) -> tuple[UUID, bool]:
    """What ``do`` made, by its public id, and whether that was now: asked again with the same ``key`` within a week it
    is not done again. ``asked`` is the whole request, as text. Without a key it is done each time.

    Raises KeyUsed when the key stood for another request; when ``do`` raises, the key was not used."""
    if not key:
        return do(), True
    mark = salted_hmac("gehoor.once", asked, algorithm="sha256").digest()
    AskedOnce.objects.filter(at__lt=now() - KEPT).delete()
    try:
        with transaction.atomic():
            kept = AskedOnce.objects.create(user=user, key=key, asked=mark, at=now())
            kept.made = do()
            kept.save(update_fields=["made"])
            return kept.made, True
    except IntegrityError:
        earlier = AskedOnce.objects.filter(user=user, key=key).exclude(made=None).first()
        if earlier is None or earlier.made is None:
            raise
    if bytes(earlier.asked) != mark:
        raise KeyUsed()
    return earlier.made, False
