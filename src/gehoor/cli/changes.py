"""Commands that tell what was asked, decided, done and told."""

from typing import Any

import click

from gehoor.cli.hear import AS_JSON
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
    headings = [sentence("Change"), sentence("Stage"), sentence("Persons"), sentence("Anonymous voices")]
    more = [sentence("Customer minutes"), sentence("Told"), sentence("To tell"), sentence("Did it help?")]
    table([tell(heading) for heading in headings + more], [_row(each) for each in document["changes"]], {2, 3, 4, 5, 6})
    note(sentence("{count} changes."), count=len(document["changes"]))


def _row(each: dict[str, Any]) -> list[str]:
    from gehoor.rooms.changes.board import PLACE_NAMES, Place
    from gehoor.rooms.changes.measuring import HEADLINES

    counts = (each[name] for name in ("persons", "anonymous", "customer_minutes", "told", "to_tell"))
    effect = tell(HEADLINES[each["effect"]]) if each["effect"] else ""
    return [each["name"], tell(PLACE_NAMES[Place(each["stage"])]), *(number(count, 0) for count in counts), effect]


@changes.command()
@click.argument("change_id", metavar="ID")
@AS_JSON
def show(change_id: str, as_json: bool) -> None:
    """One change: who asked in their own words, what was decided, what was answered and told."""
    open_to_read()
    from gehoor.rooms.changes.actions import access_change
    from gehoor.rooms.changes.documents import change_document

    document = change_document(access_change(change_id))
    if as_json:
        answer(document)
        return
    _tell_one(document)


def _tell_one(document: dict[str, Any]) -> None:
    say(document["name"])
    headings = ["Change", "Stage", "Persons", "Anonymous voices", "Customer minutes", "Told", "To tell", "Did it help?"]
    for heading, value in list(zip(headings, _row(document), strict=True))[1:]:
        if value:
            say(f"  {tell(heading)}: {value}")
    if document["reason"]:
        say(f"  {tell(sentence('Reason'))}: {document['reason']}")
    for quote in document["quotes"]:
        say(f"  “{' '.join(quote['text'].split())[:160]}”")
    for quote in document["counter"]:
        say(f"  {tell(sentence('but'))} “{' '.join(quote['text'].split())[:160]}”")
