"""Commands about the answer book: what stands in it, one entry, taking answers in, and writing them to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gehoor.cli.agreement import agreement
from gehoor.cli.checking import check
from gehoor.cli.hear import AS_JSON, LATER, finish
from gehoor.cli.ids import short, whole
from gehoor.cli.opening import Refusal, open_home, open_to_read
from gehoor.cli.sources import pairs
from gehoor.cli.speaking import answer, note, say, table, tell
from gehoor.kernel.language import sentence

if TYPE_CHECKING:
    from gehoor.rooms.answers.book.importing import Summary

_SHOWN = 20


@click.group(invoke_without_command=True)
@click.pass_context
def answers(context: click.Context) -> None:
    """The answer book: one good answer to one question."""
    if context.invoked_subcommand is None:
        context.invoke(list_answers, query="", state="", archived=False, as_json=False)


answers.add_command(check)
answers.add_command(agreement)


@answers.command("list")
@click.option("--find", "query", default="", metavar="TEXT", help="Only what answers this question, best first.")
@click.option("--state", default="", metavar="STATE", help="work_in_progress, not_validated, validated or archived.")
@click.option("--archived", is_flag=True, help="The archived ones too.")
@AS_JSON
def list_answers(query: str, state: str, archived: bool, as_json: bool) -> None:
    """Every entry; or those that answer a question."""
    open_to_read()
    from gehoor.rooms.answers.book.documents import found_document, list_document
    from gehoor.rooms.answers.book.naming import STATE_NAMES

    if state and state not in STATE_NAMES:
        raise click.BadParameter(
            tell(sentence("Choose from {states}."), states=", ".join(STATE_NAMES)), param_hint="--state"
        )
    document = found_document(query) if query else list_document(state=state, archived=archived)
    if as_json:
        answer(document)
        return
    headings = [sentence("ID"), sentence("The question"), sentence("How far it is"), sentence("Who looks after it")]
    rows = [_row(each) for each in document["answers"]]
    table([tell(heading) for heading in headings], rows, {0})
    note(sentence("Answers: {count}."), count=len(rows))


def _row(each: dict[str, Any]) -> list[str]:
    from gehoor.rooms.answers.book.naming import STATE_NAMES

    return [short(each["id"]), each["question"], tell(STATE_NAMES[each["state"]]), each["owner"] or ""]


@answers.command()
@click.argument("answer_id", metavar="ID")
@AS_JSON
def show(answer_id: str, as_json: bool) -> None:
    """One entry, by how its ID ends: how it is given, what it states, how it is asked, and its versions."""
    open_to_read()
    from gehoor.rooms.answers.book.access import access_answer
    from gehoor.rooms.answers.book.documents import whole_document
    from gehoor.rooms.answers.book.naming import STATE_NAMES
    from gehoor.rooms.answers.models import Answer

    found = whole(answer_id, Answer.objects.exclude(current=None).values_list("public_id", flat=True))
    document = whole_document(access_answer(_id(found, answer_id)))
    if as_json:
        answer(document)
        return
    say(document["question"])
    say("")
    say(document["text"])
    say("")
    for each in document["facts"]:
        say(f"  {each['says']}{'' if each['by_person'] else ' ?'}")
    for each in document["phrasings"]:
        say(f"  “{each}”")
    owner = document["owner"] or ""
    say(f"{tell(STATE_NAMES[document['state']])}{', ' if owner else ''}{owner}")


def _id(found: Any, typed: str) -> Any:
    from uuid import UUID

    from gehoor.kernel.errors import NotFound

    if found is not None:
        return found
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound(what=sentence("answer")) from None


@answers.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Where they come from; the same name again changes the same entries.")
@click.option("--map", "given", multiple=True, callback=pairs, metavar="FIELD=COLUMN", help="Repeat for each column.")
@click.option("--state", type=click.Choice(["work_in_progress", "not_validated", "validated"]), default="not_validated")
@click.option("--audience", type=click.Choice(["advisers", "customers"]), default="advisers")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", help="Where the file does not say.")
@LATER
@AS_JSON
def take_in(
    path: Path,
    source: str,
    given: dict[str, str],
    state: str,
    audience: str,
    language: str,
    later: bool,
    as_json: bool,
) -> None:
    """Take answers in from a table, Markdown, or a page of frequently asked questions."""
    open_home()
    from gehoor.rooms.answers.book.importing import Wishes, do_import
    from gehoor.rooms.answers.book.reading.files import mapping_for, read_file
    from gehoor.rooms.answers.book.uploads import document_at

    document = document_at(path)
    mapping = mapping_for(document, given)
    wishes = Wishes(source or path.name, language, state, audience)
    summary = do_import(found=read_file(document, mapping), wishes=wishes, actor=None)
    finish(later)
    _tell(summary, as_json)


def _tell(summary: "Summary", as_json: bool) -> None:
    if as_json:
        answer(summary.document())
    else:
        told = sentence("{new} new, {changed} changed, {known} known, {proposed} proposed, {unread} could not be read.")
        proposed, unread = len(summary.proposed), len(summary.unread)
        counts = {"new": summary.new, "changed": summary.changed, "known": summary.known}
        say(tell(told, **counts, proposed=proposed, unread=unread))
        for each in summary.unread[:_SHOWN]:
            say(f"  {tell(each.where)}: {tell(each.reason)}")
        if summary.twice:
            note(sentence("Asked in the same words as another entry: {count}."), count=len(summary.twice))
        if summary.unknown_owners:
            note(sentence("Not known here: {count} of those who look after answers."), count=summary.unknown_owners)
    if summary.unread:
        raise Refusal(1)


@answers.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--archived", is_flag=True, help="The archived ones too.")
def export(path: Path, archived: bool) -> None:
    """Write the book to a file; its name says how: .csv, .md (which reads back exactly), .json or .html."""
    open_to_read()
    from gehoor.cli.speaking import language
    from gehoor.rooms.answers.book.exporting import Kind, exported
    from gehoor.rooms.answers.book.listing import in_order

    kind = path.suffix.lower().lstrip(".")
    if kind not in set(Kind):
        raise click.BadParameter(
            tell(sentence("Give a name that ends in .csv, .md, .json or .html.")), param_hint="PATH"
        )
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(exported(in_order(archived=archived), Kind(kind), language()))
    part.replace(path)
    note(sentence("Written to {path}."), path=str(path))
