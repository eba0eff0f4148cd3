"""Links that let someone in once: the first administrator, and everyone who is invited. Signed; nothing is stored."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.urls import reverse

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.events import tell
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May

_FIRST = "gehoor.accounts.first"
_FIRST_LASTS = timedelta(days=1)


class Invitations(PasswordResetTokenGenerator):
    """Signs who is invited. A link works for three days, and no longer once a password was chosen with it."""

    key_salt = "gehoor.accounts.invitation"


_invitations = Invitations()


def welcome_link() -> str:
    """The path where the first administrator is made; works a day, and only while there is no user at all."""
    return reverse("accounts:welcome", args=[signing.dumps("first", salt=_FIRST)])


def check_welcome(token: str) -> None:
    """Raises Refused unless the token is ours, fresh, and there is no user yet."""
    if User.objects.exists():
        raise Refused(why=sentence("the first administrator is already there"))
    try:
        signing.loads(token, salt=_FIRST, max_age=_FIRST_LASTS)
    except signing.BadSignature:
        raise Refused(why=sentence("this link is incomplete or too old; ask for a new one")) from None


def invitation_link(*, actor: User | None, user: User) -> str:
    """The path where ``user`` chooses a password, once. ``actor`` is None for the command line."""
    if actor is not None and not actor.may(May.MANAGE_USERS):
        raise NotAllowed()
    if not user.is_active:
        raise Refused(why=sentence("this user is shut out; let the user in first"))
    tell(actor=actor, action="user.invite", changed=user)
    return reverse("accounts:invitation", args=[user.public_id, _invitations.make_token(user)])


def access_invited(public_id: UUID, token: str) -> User:
    """The user that a link invites. Raises Refused when it was used or is too old, NotFound without such a user."""
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    if user is None:
        raise NotFound(what=sentence("user"))
    if not _invitations.check_token(user, token):
        raise Refused(why=sentence("this link was used already or is too old; ask for a new one"))
    return user
