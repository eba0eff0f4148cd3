"""A statement, held against what customers said."""

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, say, table, tell
from gehoor.kernel.language import sentence

_SHOWN = 10


@click.command()
@click.argument("text")
@AS_JSON
def statement(text: str, as_json: bool) -> None:
    """What supports a statement, what speaks against it, and how many spoke of it at all."""
    open_to_read()
    from gehoor.rooms.changes.statement import SIDE_NAMES, SIDES, hold
    from gehoor.rooms.changes.statement_words import document, tidied
    from gehoor.web.words import channel_name

    typed = tidied(text)
    found = document(typed, hold(typed))
    if as_json:
        answer(found)
        return
    say(str(found["sentence"]))
    rows = [
        [tell(SIDE_NAMES[side]), channel_name(each["channel"]), " ".join(each["text"].split())[:160]]
        for side in SIDES
        for each in found[side]["passages"][:_SHOWN]
    ]
    if rows:
        table([tell(word) for word in (sentence("Side"), sentence("Channel"), sentence("Text"))], rows, {0, 1})
        note(sentence("So it seems to a machine that reads words only; it is often wrong. Look at the passages first."))
    if found["read"] < found["candidates"]:
        note(
            sentence("Of {all} passages that may be about this, {read} were drawn fairly and read."),
            all=found["candidates"],
            read=found["read"],
        )
