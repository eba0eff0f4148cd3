"""Sources: mailboxes and folders that bring what they get by themselves. Adding, changing, pausing, removing."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gehoor.channels.base import CheckedInlet, Inlet
from gehoor.channels.registry import cards, inlets
from gehoor.kernel.errors import CannotReach, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.given import SettingsUnusable, check_given
from gehoor.rooms.intake.models import Source
from gehoor.rooms.privacy.audit import do_log


def sources() -> QuerySet[Source]:
    """Every source that was not removed, by name."""
    return Source.objects.filter(removed=False).order_by("name", "id")


def access_source(public_id: UUID) -> Source:
    """One source; raises NotFound."""
    found = sources().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("source"))
    return found


def inlet_of(kind: str) -> Inlet:
    """The inlet of this kind; raises Refused when no installed package has it."""
    try:
        return inlets()[kind]
    except KeyError:
        raise Refused(why=sentence("there is no such kind of source; docs/channels.md lists them")) from None


def check_source(kind: str, channel: str, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The settings and the secrets among what is given, complete. Raises Refused."""
    inlet = inlet_of(kind)
    if (channel or not inlet.channel) and channel not in cards():
        raise Refused(why=sentence("there is no such channel; docs/channels.md lists them"))
    settings, secret = check_given(inlet.fields, given)
    if isinstance(inlet, CheckedInlet):
        try:
            inlet.check({**settings, **secret})
        except CannotReach as error:
            raise SettingsUnusable(**error.fields) from None
    return settings, secret


def do_add_source(*, kind: str, name: str, channel: str, given: Mapping[str, str], actor: User | None) -> Source:
    """Begin to hear a mailbox or folder. Raises Refused when a setting is missing, unknown or can never work."""
    settings, secret = check_source(kind, channel, given)
    if not name.strip():
        raise Refused(why=sentence("give it a name by which colleagues know it"))
    with transaction.atomic():
        source = Source.objects.create(
            kind=kind,
            channel=channel or inlet_of(kind).channel,
            name=name.strip()[:100],
            settings=settings,
            secret=secret,
        )
        do_log(actor=actor, action="source.add", what="source", public_id=source.public_id)
    return source


def do_change_source(*, source: Source, name: str, channel: str, given: Mapping[str, str], actor: User | None) -> None:
    """Change name, channel or settings; a secret that is not given stays. Raises Refused as adding does."""
    kept = {**source.secret, **{field: value for field, value in given.items() if value}}
    settings, secret = check_source(source.kind, channel, {**given, **kept})
    with transaction.atomic():
        if settings != source.settings:
            source.cursor = ""
        source.name, source.channel = name.strip()[:100] or source.name, channel or source.channel
        source.settings, source.secret, source.trouble = settings, secret, []
        source.save(update_fields=["name", "channel", "settings", "secret", "trouble", "cursor"])
        do_log(actor=actor, action="source.change", what="source", public_id=source.public_id)


def do_pause(*, source: Source, paused: bool, actor: User | None) -> None:
    """Stop hearing it for a while, or go on where it stopped."""
    with transaction.atomic():
        source.paused, source.trouble = paused, []
        source.save(update_fields=["paused", "trouble"])
        action = "source.pause" if paused else "source.resume"
        do_log(actor=actor, action=action, what="source", public_id=source.public_id)


def do_remove_source(*, source: Source, actor: User | None) -> None:
    """Hear it no more; what it brought stays, its secrets go."""
    with transaction.atomic():
        source.removed, source.secret, source.settings, source.cursor = True, {}, {}, ""
        source.save(update_fields=["removed", "secret", "settings", "cursor"])
        do_log(actor=actor, action="source.remove", what="source", public_id=source.public_id)
