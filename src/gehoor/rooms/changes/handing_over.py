"""What was handed on while listening: taken up into a change that begins with it, or into one that is there."""

from django.db import transaction

from gehoor.rooms.accounts.models import User
from gehoor.rooms.changes.actions import do_say_voice_asks, do_start_change
from gehoor.rooms.changes.models import Change
from gehoor.rooms.listening.handing import do_put_back, do_take_up, handed_on
from gehoor.rooms.listening.models import HandedOn, Handing


def waiting() -> list[HandedOn]:
    """Wishes and changes that nothing was made of yet, newest first."""
    return list(handed_on().exclude(kind=Handing.THANKS))


def do_begin_with(*, handed: HandedOn, name: str, idea: str, actor: User) -> Change:
    """Begin a change with what was handed on."""
    with transaction.atomic():
        voices = [handed.voice] if handed.voice else []
        change = do_start_change(name=name, idea=idea, voices=voices, actor=actor)
        do_take_up(actor=actor, handed=handed, became=change.public_id)
    return change


def do_add_to(*, handed: HandedOn, change: Change, actor: User) -> None:
    """Let it belong to a change that is there already: its voice asks for it too."""
    with transaction.atomic():
        if handed.voice is not None:
            do_say_voice_asks(change=change, voice=handed.voice, asks=True, actor=actor)
        do_take_up(actor=actor, handed=handed, became=change.public_id)


def do_give_back(*, handed: HandedOn, actor: User) -> None:
    """Undo taking up: it waits again, and its voice does not ask for that change any more."""
    with transaction.atomic():
        change = Change.objects.filter(public_id=handed.became).first() if handed.became else None
        if change is not None and handed.voice is not None:
            do_say_voice_asks(change=change, voice=handed.voice, asks=None, actor=actor)
        do_put_back(actor=actor, handed=handed)
