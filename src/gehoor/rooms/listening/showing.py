"""What a page holds that shows a voice: a signed word on which voice it is, for whom, and since when.

It goes back with every beat. So the moment that a page was shown is the server's own, and nothing has to be kept.
"""

from datetime import UTC, datetime

from django.core import signing

from gehoor.kernel import clock
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.actions import Shown

_SALT = "gehoor.listening.shown"


def shown_now(*, listener: User, voice: int, session: int | None = None) -> str:
    """The word for a page that is being shown now."""
    return signing.dumps([listener.pk, voice, session, clock.now().timestamp()], salt=_SALT)


def read_shown(word: str, *, listener: User, voice: int) -> Shown:
    """What the page was. Raises Refused for a word that is not ours, or is another listener's or another voice's."""
    try:
        whose, which, session, at = signing.loads(word, salt=_SALT)
    except signing.BadSignature:
        raise Refused(why=sentence("this page does not say since when it is open")) from None
    if (whose, which) != (listener.pk, voice):
        raise Refused(why=sentence("this page does not say since when it is open"))
    return Shown(which, session, datetime.fromtimestamp(at, UTC))
