"""Sending in, from the command line and from the screen; reading a file again; removing."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gehoor.channels.base import Wishes
from gehoor.channels.registry import cards
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.keys import source_of
from gehoor.rooms.intake.models import Arrival, Item, Outcome, State
from gehoor.rooms.intake.queries import is_kept
from gehoor.rooms.intake.reading import Reading, Report, quiet
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices import originals


def check_wishes(wishes: Wishes) -> None:
    """Raises Refused for a channel that does not exist."""
    if wishes.channel and wishes.channel not in cards():
        raise Refused(why=sentence("there is no such channel; docs/channels.md lists them"))


def do_listen(*, paths: Sequence[Path], wishes: Wishes, actor: User | None = None, report: Report = quiet) -> Summary:
    """Take in files, folders and archives now. Raises Refused when one of the paths does not exist."""
    check_wishes(wishes)
    if any(not path.exists() for path in paths):
        raise Refused(why=sentence("one of the files or folders does not exist"))
    name = ", ".join(path.name for path in paths)[:500]
    arrival = begin_arrival(name, wishes, actor, state=State.READING)
    return Reading(arrival, wishes, report).read(paths)


def begin_arrival(name: str, wishes: Wishes, actor: User | None, state: str, folder: str = "") -> Arrival:
    """An act of sending in, logged."""
    with transaction.atomic():
        arrival = Arrival.objects.create(
            name=name,
            by=actor,
            state=state,
            channel=wishes.channel,
            mapping=dict(wishes.mapping),
            take_proposal=wishes.take_proposal,
            folder=folder,
        )
        do_log(actor=actor, action="send_in", what="arrival", public_id=arrival.public_id)
    return arrival


def do_upload(*, files: "Iterable[UploadedFile[Any]]", wishes: Wishes, actor: User) -> Arrival:
    """Keep uploaded files and let the worker read them. Raises Refused when there are none."""
    check_wishes(wishes)
    kept = list(files)
    if not kept:
        raise Refused(why=sentence("no file was chosen"))
    arrival = begin_arrival(", ".join(file.name or "?" for file in kept)[:500], wishes, actor, state=State.DONE)
    folder = settings.HOME.folder(f"incoming/{arrival.public_id}")
    for file in kept:
        _save(file, folder)
    arrival.folder, arrival.state = str(arrival.public_id), State.WAITING
    arrival.bytes_all = sum(file.size or 0 for file in kept)
    arrival.save(update_fields=["folder", "state", "bytes_all"])
    return arrival


def _save(file: "UploadedFile[Any]", folder: Path) -> None:
    """Under its own name without any path in it, beside the others; in a next folder where that name is taken."""
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")[:200]
    name = name if name.strip(". ") and not name.startswith(".") else f"upload{name}".rstrip(". ")
    place = next(place for number in count() if not ((place := folder / f"{number:04}") / name).exists())
    place.mkdir(exist_ok=True)
    with (place / name).open("wb") as copy:
        for block in file.chunks():
            copy.write(block)


def do_read_arrival(*, arrival: Arrival) -> Summary:
    """Read an uploaded arrival; killed half way, it is read again and ends the same."""
    arrival.state = State.READING
    arrival.save(update_fields=["state"])
    wishes = Wishes(arrival.channel, _mapping(arrival.mapping), arrival.take_proposal)
    folder = settings.HOME.path / "incoming" / arrival.folder
    summary = Reading(arrival, wishes).read(sorted(folder.iterdir()), without_root=True)
    shutil.rmtree(folder, ignore_errors=True)
    return summary


def _mapping(stored: Mapping[str, str]) -> dict[str, str]:
    return {str(field): str(column) for field, column in stored.items()}


def access_arrival(public_id: UUID) -> Arrival:
    """One arrival; raises NotFound."""
    try:
        return Arrival.objects.get(public_id=public_id)
    except Arrival.DoesNotExist:
        raise NotFound(what=sentence("upload")) from None


def access_unread(pk: int) -> Item:
    """An item that waits or was refused; raises NotFound."""
    found = Item.objects.filter(pk=pk, outcome__in=[Outcome.WAITING, Outcome.REFUSED]).first()
    if found is None:
        raise NotFound(what=sentence("waiting item"))
    return found


def do_read_again(*, item: Item, wishes: Wishes, actor: User) -> Arrival:
    """Let the worker read a whole file that waited or was refused. Raises Refused when its bytes are gone."""
    check_wishes(wishes)
    if item.original is None or item.item or not is_kept(item):
        raise Refused(why=sentence("only a file that was kept whole can be read again"))
    arrival = begin_arrival(item.file, wishes, actor, state=State.DONE)
    folder = settings.HOME.folder(f"incoming/{arrival.public_id}/0")
    document = originals.as_document(item.original, item.file)
    with document.open() as stream, (folder / source_of(item.file)).open("wb") as copy:
        shutil.copyfileobj(stream, copy)
    arrival.folder, arrival.state, arrival.bytes_all = str(arrival.public_id), State.WAITING, document.size
    arrival.save(update_fields=["folder", "state", "bytes_all"])
    return arrival


def do_remove_unread(*, item: Item, actor: User) -> None:
    """Throw away an item that cannot be read, and its bytes when nothing else needs them."""
    with transaction.atomic():
        original = item.original
        item.delete()
        if original is not None:
            originals.delete_unused({original.pk})
        do_log(actor=actor, action="remove_unread", what="item")
