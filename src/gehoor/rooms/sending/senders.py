"""Senders: adding, changing, removing them, and a test message to oneself."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Identity
from gehoor.channels.outgoing import Addressee, Carrier, Outgoing, PostalAddress, Printer, Sender
from gehoor.channels.registry import senders as kinds
from gehoor.kernel.errors import CannotReach, NotFound, Refused
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.given import check_given
from gehoor.rooms.intake.models import Source
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending.models import SenderSettings
from gehoor.rooms.sending.outgoing import today
from gehoor.rooms.sending.runs import check_may

FASTEST = 10_000
"""Messages a minute."""
LONGEST_WAIT = 24 * 60
"""Minutes for a copy."""
OWN_ADDRESS = "from_address"
"""The setting of a sender that holds an address of ours."""
TRIAL_SUBJECT = sentence("A trial from Gehoor")
TRIAL_TEXT = sentence("This is a trial. If you can read it, this sender works.")


def senders() -> QuerySet[SenderSettings]:
    """Every sender that was not removed."""
    return SenderSettings.objects.filter(removed=False).select_related("heard_in").order_by("id")


def access_sender(public_id: UUID) -> SenderSettings:
    """One sender; raises NotFound."""
    found = senders().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("sender"))
    return found


def kind_of(kind: str) -> Sender:
    """The sender of this kind; raises Refused when no installed package has it."""
    try:
        return kinds()[kind]
    except KeyError:
        raise Refused(why=sentence("there is no such kind of sender; docs/sending.md lists them")) from None


def printer_for(channel: str) -> tuple[Printer, Mapping[str, str]] | None:
    """What makes documents for this channel, with its settings: as set up, else as it is by itself."""
    for kept in senders().filter(channel=channel):
        kind = kinds().get(kept.kind)
        if isinstance(kind, Printer):
            return kind, {**kept.settings, **kept.secret}
    for kind in kinds().values():
        if isinstance(kind, Printer) and kind.channel == channel and not _needs_setting_up(kind):
            return kind, {each.name: each.default for each in kind.fields}
    return None


def _needs_setting_up(kind: Sender) -> bool:
    return any(each.required and not each.default for each in kind.fields)


def do_add_sender(
    *,
    kind: str,
    name: str,
    given: Mapping[str, str],
    actor: User | None,
    per_minute: int = 120,
    heard_in: Source | None = None,
    copy_minutes: int = 15,
) -> SenderSettings:
    """Set up a sender. Raises Refused when a setting is missing or unknown.

    The address that it sends from is ours from then on, so that what comes in from there is no customer's voice.
    """
    check_may(actor, May.SET_SENDERS)
    settings, secret = check_given(kind_of(kind).fields, given)
    _check(name, per_minute, copy_minutes)
    with transaction.atomic():
        made = SenderSettings.objects.create(
            kind=kind,
            channel=kind_of(kind).channel,
            name=name.strip()[:100],
            settings=settings,
            secret=secret,
            per_minute=per_minute,
            heard_in=heard_in,
            copy_minutes=copy_minutes,
        )
        _is_ours(made, actor)
        do_log(actor=actor, action="sender.add", what="sender", public_id=made.public_id)
    return made


def do_change_sender(
    *,
    sender: SenderSettings,
    name: str,
    given: Mapping[str, str],
    actor: User | None,
    per_minute: int,
    heard_in: Source | None,
    copy_minutes: int,
) -> None:
    """Change name or settings; a secret that is not given stays. Raises Refused as adding does."""
    check_may(actor, May.SET_SENDERS)
    kept = {**sender.secret, **{field: value for field, value in given.items() if value}}
    settings, secret = check_given(kind_of(sender.kind).fields, {**given, **kept})
    _check(name, per_minute, copy_minutes)
    with transaction.atomic():
        sender.name, sender.settings, sender.secret = name.strip()[:100], settings, secret
        sender.per_minute, sender.heard_in, sender.copy_minutes = per_minute, heard_in, copy_minutes
        sender.failures, sender.try_after, sender.trouble = 0, None, []
        sender.save()
        _is_ours(sender, actor)
        do_log(actor=actor, action="sender.change", what="sender", public_id=sender.public_id)


def _check(name: str, per_minute: int, copy_minutes: int) -> None:
    if not name.strip():
        raise Refused(why=sentence("give it a name by which colleagues know it"))
    if not 0 <= per_minute <= FASTEST or not 0 <= copy_minutes <= LONGEST_WAIT:
        raise Refused(why=sentence("that many a minute, or so long a wait, cannot be"))


def _is_ours(sender: SenderSettings, actor: User | None) -> None:
    if address := sender.settings.get(OWN_ADDRESS, ""):
        do_add_own(value=address, actor=actor)


def do_remove_sender(*, sender: SenderSettings, actor: User | None) -> None:
    """Send through it no more; its secrets go, what it sent stays."""
    check_may(actor, May.SET_SENDERS)
    with transaction.atomic():
        sender.removed, sender.secret, sender.settings = True, {}, {}
        sender.save(update_fields=["removed", "secret", "settings"])
        do_log(actor=actor, action="sender.remove", what="sender", public_id=sender.public_id)


def do_check_sender(*, sender: SenderSettings, actor: User | None) -> None:
    """Look whether it would work now, without sending anything. Raises CannotReach or Refused; the trouble is kept."""
    check_may(actor, May.SET_SENDERS)
    try:
        kind_of(sender.kind).check({**sender.settings, **sender.secret})
    except CannotReach as error:
        _tell(sender, [error.text, error.remedy, dict(error.fields)])
        raise
    _tell(sender, [])
    with transaction.atomic():
        do_log(actor=actor, action="sender.check", what="sender", public_id=sender.public_id)


def do_try_sender(*, sender: SenderSettings, to: str, actor: User | None) -> bytes:
    """Send a trial message to oneself, or make a trial document, which is returned. Raises CannotReach, CannotDeliver,
    or Refused when ``to`` is no address."""
    check_may(actor, May.SET_SENDERS)
    kind, settings = kind_of(sender.kind), {**sender.settings, **sender.secret}
    made = b""
    if isinstance(kind, Carrier):
        if normalise("email", to) is None:
            raise Refused(why=sentence("give the address that the trial goes to"))
        try:
            with kind.open(settings, current_letterhead()) as line:
                line.send(_trial(to, actor), lambda: None)
        except CannotReach as error:
            _tell(sender, [error.text, error.remedy, dict(error.fields)])
            raise
        _tell(sender, [])
    elif isinstance(kind, Printer):
        made = kind.render(settings, current_letterhead(), [_trial("", actor)])
    with transaction.atomic():
        do_log(actor=actor, action="sender.try", what="sender", public_id=sender.public_id)
    return made


def _tell(sender: SenderSettings, trouble: list[object]) -> None:
    sender.trouble, sender.try_after = trouble, None
    sender.save(update_fields=["trouble", "try_after"])


def _trial(to: str, actor: User | None) -> Outgoing:
    here = current_letterhead().postal or PostalAddress("Voorbeeldstraat 1", "1234 AB", "Voorbeeldstad")
    address = Identity("email", to) if to else None
    text = gettext(TRIAL_TEXT)
    return Outgoing(
        key=f"trial-{new_id().hex}",
        to=Addressee(actor.name if actor else "", address, here),
        subject=gettext(TRIAL_SUBJECT),
        text=text,
        language="en" if (get_language() or "nl").startswith("en") else "nl",
        dated=today(),
        points=(text,),
    )
