"""The command that tells who waits for us."""

from datetime import datetime

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, table, tell
from gehoor.kernel.language import sentence

_MANY = sentence("{count} people who sent the same, as {title}")


@click.command()
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="At most so many.")
@AS_JSON
def desk(limit: int, as_json: bool) -> None:
    """Who waits for us, nearest due first."""
    open_to_read()
    from gehoor.rooms.desk.cases.documents import waiting_document

    document = waiting_document(limit)
    if as_json:
        answer(document)
        return
    from gehoor.rooms.desk.cases.words import SPEED_NAMES, STATE_NAMES, moment

    headings = [sentence("Who waits for us"), sentence("Hears before"), sentence("Stage"), sentence("Who has it")]
    rows = [
        [
            tell(_MANY, title=each["title"], count=each["stands_for"]) if each["stands_for"] > 1 else each["title"],
            moment(datetime.fromisoformat(each["due"])) if each["due"] else "",
            ", ".join(filter(None, [tell(STATE_NAMES[each["state"]]), tell(SPEED_NAMES[each["speed"]] or "")])),
            each["assignee"] or "",
        ]
        for each in document["cases"]
    ]
    table([tell(heading) for heading in headings], rows, set())
    note(sentence("{count} wait for us."), count=document["waiting"])
