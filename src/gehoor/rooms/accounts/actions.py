"""What can be done with users. Pages, commands and the example organisation all call these."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.events import tell
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May, Role, allowed, known_roles
from gehoor.rooms.accounts.tokens import end_tokens_of


def _check_may_manage(actor: User | None) -> None:
    if actor is not None and not actor.may(May.MANAGE_USERS):
        raise NotAllowed()


def _check_email_is_free(email: str) -> None:
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refused(why=sentence("someone already signs in with this e-mail address"))


def _check_manager_stays(user: User, *, manages: bool) -> None:
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if not manages and not any(other.may(May.MANAGE_USERS) for other in others):
        raise Refused(why=sentence("nobody would be left who can manage users"))


def _names(roles: Collection[str]) -> list[str]:
    return [role.value for role in known_roles(roles)]


@transaction.atomic
def do_make_first_user(*, email: str, name: str, password: str) -> User:
    """Make the first administrator. Raises Refused as soon as there is any user."""
    if User.objects.exists():
        raise Refused(why=sentence("the first administrator is already there"))
    user = User.objects.make(email=email.strip(), name=name, roles=[Role.ADMINISTRATOR.value], password=password)
    tell(actor=user, action="user.first", changed=user)
    return user


@transaction.atomic
def do_add_user(
    *, actor: User | None, email: str, name: str, roles: Collection[str], password: str | None = None
) -> User:
    """Make a user. ``actor`` is None for the command line. Raises NotAllowed, and Refused when the e-mail is taken."""
    _check_may_manage(actor)
    _check_email_is_free(email)
    user = User.objects.make(email=email.strip(), name=name, roles=_names(roles), password=password)
    tell(actor=actor, action="user.add", changed=user)
    return user


@transaction.atomic
def do_change_user(*, actor: User | None, user: User, name: str, roles: Collection[str], is_active: bool) -> User:
    """Change name and roles, let in or shut out; who is shut out loses every token, also when let in again.

    Raises NotAllowed, and Refused when nobody could manage users then.
    """
    _check_may_manage(actor)
    _check_manager_stays(user, manages=is_active and May.MANAGE_USERS in allowed(roles))
    user.name, user.roles, user.is_active = name, _names(roles), is_active
    user.save(update_fields=["name", "roles", "is_active"])
    tell(actor=actor, action="user.change", changed=user)
    if not is_active:
        end_tokens_of(user, actor=actor)
    return user


@transaction.atomic
def do_set_password(*, actor: User, user: User, password: str) -> User:
    """Give oneself another password; every other session of this user ends."""
    if actor.pk != user.pk:
        raise NotAllowed()
    user.set_password(password)
    user.save(update_fields=["password"])
    tell(actor=actor, action="user.password", changed=user)
    return user


def do_choose_language(*, user: User, language: str) -> User:
    """Remember someone's own language; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES) and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    return user
