"""Who is calling, on the command line."""

from typing import TYPE_CHECKING

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, say, tell
from gehoor.kernel.language import sentence

if TYPE_CHECKING:
    from gehoor.rooms.desk.calling.documents import NamedDocument


@click.command()
@click.argument("query", metavar="WHO")
@AS_JSON
def caller(query: str, as_json: bool) -> None:
    """Who is calling: a number, a name as it sounds, or a customer number. Says what goes on and what was promised."""
    open_to_read()
    from gehoor.rooms.desk.calling.documents import calling_document

    document = calling_document(query)
    if as_json:
        answer(document)
        return
    one = document["caller"]
    if one is None:
        _several(document["candidates"])
        return
    say(one["sentence"])
    for running in one["running"]:
        say(f"- {running['title']}")
    for promised in one["promises"]:
        say(tell(sentence("Promised: {what}, by {day}"), what=promised["what"], day=(promised["due"] or "?")[:10]))
    if one["told"]:
        say(tell(sentence("Told on {day}: {text}"), day=one["told"]["at"][:10], text=one["told"]["text"]))
    for fit in one["answers"][:1]:
        say(tell(sentence("The book says: {text}"), text=fit["text"]))


def _several(candidates: "list[NamedDocument]") -> None:
    if not candidates:
        note(sentence("Nobody found."))
        return
    note(sentence("{count} customers match; give a whole number or address."), count=len(candidates))
    for each in candidates:
        say(f"- {each['name']}")
