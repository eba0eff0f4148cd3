"""The check of a draft on the command line."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import Refusal, open_to_read
from gehoor.cli.speaking import answer, note, say, table, tell
from gehoor.kernel.language import sentence

if TYPE_CHECKING:
    from gehoor.rooms.answers.checking.remarks import Checked, Remark

_MOST_BYTES = 1_048_576
"""A draft that is longer is read no further; how much of it is checked the answer says."""


@click.command()
@click.argument("text", required=False)
@click.option(
    "--file", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Read the draft from a file."
)
@click.option("--question", default="", help="The question that it answers.")
@click.option("--person", "who", default="", help="The customer: a name, address, number or id.")
@click.option("--voice", "voice_id", type=click.UUID, help="The voice that it answers (its id).")
@AS_JSON
def check(text: str | None, file: Path | None, question: str, who: str, voice_id: UUID | None, as_json: bool) -> None:
    """Hold a draft answer against the answer book, and against what this customer was told before.

    TEXT is the draft itself, or - to read it from standard input. Exit status 1 when something clashes.
    """
    draft = _draft(text, file)
    if not draft.strip():
        raise click.UsageError(tell(sentence("The draft is empty; there is nothing to check.")))
    open_to_read()
    from gehoor.rooms.answers.checking.check import check as check_draft
    from gehoor.rooms.answers.checking.documents import check_document
    from gehoor.rooms.people.finding import find_person
    from gehoor.rooms.voices.actions import access_voice

    person = find_person(who) if who else None
    voice = access_voice(voice_id) if voice_id else None
    checked = check_draft(draft, question=question, voice=voice, person=person)
    if as_json:
        answer(check_document(checked))
    else:
        _say(checked)
    if checked.clashes:
        raise Refusal(1)


def _draft(text: str | None, file: Path | None) -> str | bytes:
    if (text is None) == (file is None):
        raise click.UsageError(tell(sentence("Give the draft: its text, - for standard input, or --file.")))
    if file is not None:
        with file.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    if text == "-":
        return sys.stdin.buffer.read(_MOST_BYTES)
    return text or ""


def _say(checked: "Checked") -> None:
    from gehoor.rooms.answers.checking.draft import LONGEST
    from gehoor.rooms.answers.checking.remarks import SEVERITY_NAMES
    from gehoor.rooms.answers.checking.showing import OUTCOMES

    if checked.remarks:
        heads = (sentence("Remark"), sentence("The draft"), sentence("The source"), sentence("Sentence"))
        rows = [
            [tell(SEVERITY_NAMES[each.severity]), each.draft_says, f"{each.source_says} ({_source(each)})", each.quote]
            for each in checked.remarks
        ]
        table([tell(head) for head in heads], rows, {0})
    say(tell(OUTCOMES[checked.outcome][1]))
    if checked.draft.cut:
        note(sentence("Only the first {longest} characters were read."), longest=LONGEST)
    if checked.draft.quoted:
        note(sentence("What is quoted below it was not checked."))
    note(
        sentence("Compared with entries of the answer book: {entries}; with earlier answers: {earlier}."),
        entries=len(checked.entries),
        earlier=checked.earlier,
    )
    for each in checked.entries:
        say(f"  {each.question}")


def _source(remark: "Remark") -> str:
    from gehoor.web.words import channel_name, day

    if remark.entry is not None:
        return remark.entry.question
    told = remark.earlier
    parts = [day(told.at), channel_name(told.channel), told.adviser] if told else []
    return ", ".join(filter(None, parts))
