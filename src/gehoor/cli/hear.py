"""Commands that take in: listen, retry, analyse, own."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gehoor.cli.opening import Refusal, open_home, open_to_read
from gehoor.cli.speaking import READING, Move, answer, confirm, note, number, progress, say, table, tell
from gehoor.kernel.language import ended, sentence

if TYPE_CHECKING:
    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.summary import Summary, Trouble

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
_SHOWN = 20
_NAMES = sentence("The names in it: {names}")


def _mapping(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if bad := next((field for field, equals, column in pairs if not (field and equals and column)), None):
        raise click.BadParameter(f"give it as field=column, not {bad!r}")
    return {field.strip(): column for field, _, column in pairs}


def _channel(_: click.Context, __: click.Parameter, given: str) -> str:
    from gehoor.channels.registry import kind_called

    return kind_called(given) if given else ""


CHANNEL = click.option(
    "--channel",
    default="",
    callback=_channel,
    metavar="KIND",
    help="Its channel: letter, call, survey..., or as it is called in Dutch: brief, telefoon, enquête...",
)
MAP = click.option(
    "--map",
    "mapping",
    multiple=True,
    callback=_mapping,
    metavar="FIELD=COLUMN",
    help="Which column of a table holds what: text, said_at, author, email, phone, customer_number, subject, answer, "
    "adviser, score, id. Repeat for each.",
)
YES = click.option("--yes", is_flag=True, help="Take a proposed mapping without asking.")
LATER = click.option("--later", is_flag=True, help="Leave the analysis to the worker of `serve`.")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@CHANNEL
@MAP
@YES
@LATER
@AS_JSON
def listen(
    paths: tuple[Path, ...], channel: str, mapping: dict[str, str], yes: bool, later: bool, as_json: bool
) -> None:
    """Take in files, folders, mailboxes and archives; find out what each is."""
    open_home()
    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.actions import check_wishes, do_listen

    if missing := [path for path in paths if not path.exists()]:
        raise click.BadParameter(f"{missing[0]} does not exist", param_hint="PATHS")
    wishes = Wishes(channel, mapping, yes)
    check_wishes(wishes)
    began = time.monotonic()
    with progress() as move:
        summary = do_listen(
            paths=list(paths),
            wishes=wishes,
            report=lambda far: move(READING, far.bytes_read, far.bytes_all, far.items),
        )
    if not as_json and sys.stdin.isatty():
        _ask_for_mappings(summary, wishes)
    finish(later, summary)
    _tell(summary, time.monotonic() - began, as_json)


def _ask_for_mappings(summary: "Summary", wishes: "Wishes") -> None:
    """Show each table's proposal and take it in when the person agrees."""
    from gehoor.channels.base import Wishes as Wish
    from gehoor.rooms.intake.models import Item, Outcome
    from gehoor.rooms.intake.retrying import do_try_again

    for trouble in [each for each in summary.waiting if each.code == "mapping_needed"]:
        channel = wishes.channel or tell(sentence("as Gehoor sees it; give --channel to say it yourself"))
        say(f"{trouble.source}\n  {tell(trouble.reason)}\n  {trouble.remedy.values.get('proposal', '')}")
        say(tell(sentence("  channel: {channel}"), channel=channel))
        if not confirm(sentence("Take it in like this?"), default=True):
            continue
        waiting = Item.objects.filter(file=trouble.source, item="", outcome=Outcome.WAITING).order_by("-id").first()
        if waiting is not None:
            again = do_try_again(item=waiting, wishes=Wish(wishes.channel, wishes.mapping, True), actor=None)
            summary.take_over(again, trouble)


def finish(later: bool, summary: "Summary | None" = None) -> None:
    """Do all pending work, unless the worker will, or is doing it already; the summary says what came of it."""
    from gehoor.rooms.intake.stages import drain_all
    from gehoor.rooms.intake.worker import only_worker

    if later:
        return
    with only_worker() as free, progress() as move:
        if free:
            _make_out(summary, move)
            drain_all(lambda stage, done, of: move(stage.title, done, of, done), batch=2_000)
        else:
            note(sentence("The worker is running and does the rest."))


def _make_out(summary: "Summary | None", move: Move) -> None:
    """Let engines read what waits for them."""
    from gehoor.kernel.errors import EngineTurn
    from gehoor.rooms.intake.turns import STAGE_TITLE, do_give_turns, pending, take_turns

    do_give_turns()
    of = pending()
    for done, (item, came) in enumerate(take_turns(), start=1):
        move(STAGE_TITLE, done, of, done)
        left = [each for each in summary.waiting if each.code == EngineTurn.code] if summary else []
        waited = next((each for each in left if each.source == item.file), None)
        if summary is not None and waited is not None:
            summary.take_over(came, waited)


def _tell(summary: "Summary", seconds: float, as_json: bool) -> None:
    if as_json:
        answer(summary.document(seconds))
    else:
        show(summary, seconds)
    if summary.refused or summary.waiting:
        raise Refusal(1)


def show(summary: "Summary", seconds: float) -> None:
    """What came of it, for a person."""
    names = {"voices": sentence("Voices"), "replies": sentence("Replies"), "broadcasts": sentence("Broadcasts")}
    rows = [[tell(names[name]), number(summary.new[name]), number(summary.known[name])] for name in names]
    table(["", tell(sentence("new")), tell(sentence("known already"))], rows, {1, 2})
    if summary.nothing_said:
        say(tell(sentence("Nothing was said in {count}."), count=len(summary.nothing_said)))
    for _, account in summary.accounts:
        say(f"  {tell(account)}")
    _list(sentence("Waiting: {count}"), summary.waiting)
    _list(sentence("Refused: {count}"), summary.refused)
    say(tell(sentence("Items: {items}, in {seconds} seconds."), items=summary.items, seconds=round(seconds, 1)))


def _list(heading: str, troubles: "list[Trouble]") -> None:
    if not troubles:
        return
    say(tell(heading, count=len(troubles)))
    for each in troubles[:_SHOWN]:
        say(f"  {each.source}\n    {ended(tell(each.reason))} {tell(each.remedy)}")
        if each.names:
            say(f"    {tell(_NAMES, names=', '.join(each.names))}")
    if len(troubles) > _SHOWN:
        say(tell(sentence("  and {count} more; `gehoor retry` lists them all."), count=len(troubles) - _SHOWN))


@click.command()
@click.option("--again", is_flag=True, help="Read everything on the list once more.")
@CHANNEL
@MAP
@YES
@AS_JSON
def retry(again: bool, channel: str, mapping: dict[str, str], yes: bool, as_json: bool) -> None:
    """List what waits or was refused, and why; with --again, try it once more."""
    open_home()
    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.actions import check_wishes
    from gehoor.rooms.intake.queries import troubles, unread
    from gehoor.rooms.intake.retrying import do_try_all_again

    wishes = Wishes(channel, mapping, yes)
    check_wishes(wishes)
    if not again:
        summary = troubles()
        if as_json:
            answer(summary.document(0.0))
        else:
            _list(sentence("Waiting: {count}"), summary.waiting)
            _list(sentence("Refused: {count}"), summary.refused)
        return
    began = time.monotonic()
    summary = do_try_all_again(items=unread().select_related("original", "arrival"), wishes=wishes, actor=None)
    finish(later=False, summary=summary)
    _tell(summary, time.monotonic() - began, as_json)


@click.command()
@click.option("--needs", "only_needs", is_flag=True, help="Only group again; keep what was understood.")
@AS_JSON
def analyse(only_needs: bool, as_json: bool) -> None:
    """Compute everything derived once more: language, kind, asks, persons, needs. People's decisions stay."""
    open_to_read()
    from gehoor.rooms.intake.stages import drain_all, forget_all

    began = time.monotonic()
    done = forget_all(only="group" if only_needs else "")
    with progress() as move:
        total = drain_all(lambda stage, did, of: move(stage.title, did, of, did), batch=5_000)
    if as_json:
        answer({"stages": done, "done": total, "seconds": round(time.monotonic() - began, 3)})
    else:
        say(tell(sentence("Computed again in {seconds} seconds."), seconds=round(time.monotonic() - began, 1)))


@click.group()
def own() -> None:
    """Who we are: mail from these addresses is a reply, not a voice."""


@own.command("add")
@click.argument("values", nargs=-1, required=True)
def own_add(values: tuple[str, ...]) -> None:
    """Add an address (info@delinde.example), a mail domain (delinde.example), a number or a handle (@delinde)."""
    open_home()
    from gehoor.rooms.intake.own import do_add_own

    for value in values:
        do_add_own(value=value, actor=None)
        say(value)


@own.command("list")
@AS_JSON
def own_list(as_json: bool) -> None:
    """Show them."""
    open_to_read()
    from gehoor.rooms.intake.models import OwnIdentity

    rows = list(OwnIdentity.objects.order_by("kind", "value").values("kind", "value"))
    if as_json:
        answer({"own": rows})
    else:
        from gehoor.rooms.people.proof import KIND_NAMES

        names = {**KIND_NAMES, "domain": sentence("mail domain")}
        shown = [[tell(names.get(row["kind"], row["kind"])), row["value"]] for row in rows]
        table([tell(sentence("Sort")), tell(sentence("Of ours"))], shown, set())
