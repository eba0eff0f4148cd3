"""Tokens for programs: making, ending and recognising them.

A token reads ``gehoor_``, eight characters by which people tell it apart, ``_``, and 256 random bits. It is shown once;
only its SHA-256 is kept, so that whoever reads the database cannot ask anything with what stands there.
"""

import re
import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.events import tell
from gehoor.rooms.accounts.models import ApiToken, User
from gehoor.rooms.accounts.refusals import TokenEnded, TokenExpired, TokenWrong
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import scopes as all_scopes
from gehoor.rooms.accounts.scopes import scopes_of

DAYS = (30, 90, 365)
"""How long a token may last; each ends some day."""
MOST = 50
"""How many tokens of one user may work at the same time."""
_SHAPE = re.compile(r"gehoor_[0-9a-f]{8}_[A-Za-z0-9_-]{43}", re.ASCII)


def _hash(text: str) -> bytes:
    return content_hash(text.encode("ascii"))


@transaction.atomic
def do_make_token(
    *, actor: User | None, user: User, name: str, scopes: Collection[str], days: int
) -> tuple[ApiToken, str]:
    """Make a token of ``user``, and give its text, which is nowhere to be found afterwards.

    ``actor`` is None for the command line, otherwise the user: nobody makes a token in another's name (NotAllowed).
    Raises Refused for scopes that the user's roles do not reach, and for what else cannot be.
    """
    if actor is not None and actor.pk != user.pk:
        raise NotAllowed()
    name = " ".join(name.split())
    _check(user, name, scopes, days)
    prefix = secrets.token_hex(4)
    text = f"gehoor_{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scopes=sorted(set(scopes)),
        prefix=prefix,
        hash=_hash(text),
        expires_at=timezone.now() + timedelta(days=days),
    )
    tell(actor=actor, action="token.make", changed=token)
    return token, text


def _check(user: User, name: str, scopes: Collection[str], days: int) -> None:
    if not user.is_active:
        raise Refused(why=sentence("this user is shut out; let the user in first"))
    if not 0 < len(name) <= 100:
        raise Refused(why=sentence("give it a name of at most a hundred characters"))
    if days not in DAYS:
        raise Refused(why=sentence("a token lasts a month, three months or a year"))
    if not scopes:
        raise Refused(why=sentence("say what the token is for"))
    if not set(scopes) <= {scope.code for scope in all_scopes()}:
        raise Refused(why=sentence("one of these scopes does not exist; docs/api.md lists them all"))
    if not set(scopes) <= {scope.code for scope in scopes_of(user)}:
        raise Refused(why=sentence("the roles of this user do not reach that far"))
    if user.tokens.filter(ended_at=None, expires_at__gt=timezone.now()).count() >= MOST:
        raise Refused(why=sentence("there are fifty tokens already; end one first"))


@transaction.atomic
def do_end_token(*, actor: User | None, token: ApiToken) -> ApiToken:
    """End a token at once and for good: one's own, or anyone's for who manages users. Ended already, it stays so."""
    if actor is not None and actor.pk != token.user_id and not actor.may(May.MANAGE_USERS):
        raise NotAllowed()
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.ended_at is None:
        token.ended_at = timezone.now()
        token.save(update_fields=["ended_at"])
        tell(actor=actor, action="token.end", changed=token)
    return token


def end_tokens_of(user: User, *, actor: User | None) -> None:
    """End every token of someone who is shut out. Whoever calls has checked that ``actor`` may."""
    for token in user.tokens.filter(ended_at=None):
        do_end_token(actor=actor, token=token)


def access_token(public_id: UUID, viewer: User) -> ApiToken:
    """One's own token, or anyone's for who manages users. Raises NotFound."""
    token = ApiToken.objects.select_related("user").filter(public_id=public_id).first()
    if token is None or not (token.user_id == viewer.pk or viewer.may(May.MANAGE_USERS)):
        raise NotFound(what=sentence("token"))
    return token


def read_token(text: str) -> ApiToken:
    """The token with this text, with its user. Raises TokenWrong, TokenEnded or TokenExpired.

    That a token was ended or is over is told only to who has the whole of it.
    """
    token = None
    if _SHAPE.fullmatch(text):
        token = ApiToken.objects.select_related("user").filter(hash=_hash(text)).first()
    if token is None:
        raise TokenWrong()
    if token.ended_at is not None or not token.user.is_active:
        raise TokenEnded()
    if token.expired:
        raise TokenExpired()
    return token


def do_note_use(token: ApiToken) -> None:
    """Keep the hour in which a token was used last; one write an hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    if token.last_used_at != hour:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=hour)
