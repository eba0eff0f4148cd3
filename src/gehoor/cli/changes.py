"""Commands that tell what was asked, decided, done and told."""

from typing import Any

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.ids import short, whole
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, number, say, table, tell
from gehoor.kernel.language import sentence


@click.group(invoke_without_command=True)
@AS_JSON
@click.pass_context
def changes(context: click.Context, as_json: bool) -> None:
    """What customers asked, what was decided, and what became of it."""
    if context.invoked_subcommand is not None:
        return
    open_to_read()
    from gehoor.rooms.changes.documents import changes_document

    document = changes_document()
    if as_json:
        answer(document)
        return
    headings = [
        "ID",
        sentence("A change"),
        sentence("Stage"),
        sentence("Persons"),
        sentence("Customer minutes"),
        sentence("Told"),
    ]
    rows = [[short(each["id"]), *(value for _, value in _facts(each)[:5])] for each in document["changes"]]
    table([tell(heading) for heading in headings], rows, {0, 3, 4, 5})
    note(sentence("{count} changes."), count=len(document["changes"]))


def _facts(each: dict[str, Any]) -> list[tuple[str, str]]:
    """What there is to say of a change, with what each is called."""
    from gehoor.rooms.changes.board import PLACE_NAMES, Place
    from gehoor.rooms.changes.measuring import HEADLINES

    return [
        (sentence("A change"), each["name"]),
        (sentence("Stage"), tell(PLACE_NAMES[Place(each["stage"])])),
        (sentence("Persons"), number(each["persons"], 0)),
        (sentence("Customer minutes"), number(each["customer_minutes"], 0)),
        (sentence("Told"), number(each["told"], 0)),
        (sentence("To tell"), number(each["to_tell"], 0)),
        (sentence("Anonymous voices"), number(each["anonymous"], 0)),
        (sentence("Did it help?"), tell(HEADLINES[each["effect"]]) if each["effect"] else ""),
        (sentence("Reason"), each["reason"] or ""),
    ]


@changes.command()
@click.argument("change_id", metavar="ID")
@AS_JSON
def show(change_id: str, as_json: bool) -> None:
    """One change, by how its ID ends: who asked in their own words, what was decided, what was answered and told."""
    open_to_read()
    from gehoor.rooms.changes.actions import access_change
    from gehoor.rooms.changes.documents import change_document
    from gehoor.rooms.changes.models import Change

    found = whole(change_id, Change.objects.filter(removed=False).values_list("public_id", flat=True))
    document = change_document(access_change(found or change_id))
    if as_json:
        answer(document)
        return
    _tell_one(document)


def _tell_one(document: dict[str, Any]) -> None:
    say(document["name"])
    for name, value in _facts(document)[1:]:
        if value:
            say(f"  {tell(name)}: {value}")
    for quote in document["quotes"]:
        say(f"  “{' '.join(quote['text'].split())[:160]}”")
    for quote in document["counter"]:
        say(f"  {tell(sentence('but'))} “{' '.join(quote['text'].split())[:160]}”")
