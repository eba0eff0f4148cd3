"""Commands about sources, and about what was not heard."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gehoor.cli.hear import AS_JSON, finish
from gehoor.cli.opening import Refusal, open_home, open_to_read
from gehoor.cli.speaking import answer, note, say, table, tell
from gehoor.kernel.errors import CannotReach, NotFound, Refused
from gehoor.kernel.language import ended, sentence

if TYPE_CHECKING:
    from gehoor.rooms.intake.models import Source


@click.group(invoke_without_command=True)
@AS_JSON
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """Mailboxes and folders that are heard by themselves; without a word more it lists them."""
    if context.invoked_subcommand is None:
        open_to_read()
        _list(as_json)


def _why(error: CannotReach) -> str:
    return f"{ended(tell(error.reason))} {tell(error.advice)}"


def _list(as_json: bool) -> None:
    from gehoor.rooms.intake.health import healths
    from gehoor.rooms.intake.sources import sources as all_sources

    found = healths(all_sources())
    if as_json:
        answer({"sources": [_document(each) for each in found]})
        return
    rows = [
        [each.source.name, tell(each.name), _moment(each.source.heard_at), str(each.source.waits), str(each.unread)]
        for each in found
    ]
    names = (
        sentence("Source"),
        sentence("State"),
        sentence("Last heard"),
        sentence("Still there"),
        sentence("Not read"),
    )
    table([tell(name) for name in names], rows, {3, 4})
    for each in found:
        if each.reason and each.advice:
            say(f"{each.source.name}: {ended(tell(each.reason))} {tell(each.advice)}")


def _document(each: Any) -> dict[str, Any]:
    source = each.source
    return {
        "id": str(source.public_id),
        "name": source.name,
        "kind": source.kind,
        "channel": source.channel,
        "state": each.state,
        "last_heard": source.heard_at.isoformat() if source.heard_at else None,
        "silent_since": each.silence.last.isoformat() if each.silence else None,
        "waits": source.waits,
        "unread": each.unread,
        "reason": str(each.reason) if each.reason else None,
        "remedy": str(each.advice) if each.advice else None,
    }


def _moment(when: Any) -> str:
    from django.utils import timezone

    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M") if when else tell(sentence("never yet"))


def named_source(name: str) -> "Source":
    """The source of this name; raises NotFound."""
    from gehoor.rooms.intake.sources import sources as all_sources

    found = all_sources().filter(name=name).first()
    if found is None:
        raise NotFound(what=sentence("source"))
    return found


def pairs(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Settings as ``--set`` gives them, by name."""
    parted = [each.partition("=") for each in given]
    if bad := next((name for name, equals, _ in parted if not (name and equals)), None):
        raise click.BadParameter(f"give it as setting=value, not {bad!r}")
    return {name.strip(): value for name, _, value in parted}


@sources.command("add")
@click.argument("kind")
@click.argument("name")
@click.option("--channel", default="", metavar="KIND", help="The channel of what it brings, for a folder.")
@click.option("--set", "given", multiple=True, callback=pairs, metavar="SETTING=VALUE", help="Repeat for each setting.")
@click.option("--ask", multiple=True, metavar="SETTING", help="Ask for this one without showing it (a password).")
def add(kind: str, name: str, channel: str, given: dict[str, str], ask: tuple[str, ...]) -> None:
    """Begin to hear imap, folder, blog_feeds, forum, x or facebook; says which settings are still needed."""
    open_home()
    from gehoor.rooms.intake.given import SettingsMissing, SettingsUnknown
    from gehoor.rooms.intake.sources import do_add_source, inlet_of

    titles = {field.name: tell(field.title) for field in inlet_of(kind).fields}
    given |= {each: click.prompt(titles.get(each, each), hide_input=True, err=True) for each in ask}
    try:
        made = do_add_source(kind=kind, name=name, channel=channel, given=given, actor=None)
    except (SettingsMissing, SettingsUnknown):
        _show_settings(kind)
        raise
    say(
        tell(
            sentence("{name} is heard from now on, by the worker of `serve`, or now with: sources hear"), name=made.name
        )
    )


_NEEDED = sentence("  {name} (needed): {title}")
_OPTIONAL = sentence("  {name}: {title}")


def _show_settings(kind: str) -> None:
    """What a kind of source can be told: as ``--set`` calls it, and as the screen asks for it."""
    from gehoor.rooms.intake.sources import inlet_of

    for each in inlet_of(kind).fields:
        is_needed = each.required and not each.default
        note(_NEEDED if is_needed else _OPTIONAL, name=each.name, title=each.title)


@sources.command("hear")
@AS_JSON
def hear(as_json: bool) -> None:
    """Take in what every source has now. Where a worker runs, it does so by itself."""
    open_home()
    from gehoor.rooms.intake.bringing import hear_all_once
    from gehoor.rooms.intake.summary import Summary
    from gehoor.rooms.intake.worker import only_worker

    with only_worker() as free:
        if not free:
            raise Refused(why=sentence("a worker runs for this home already, and hears them"))
        heard = list(hear_all_once())
    finish(later=False)
    if as_json:
        answer({"sources": [_heard(source, came) for source, came in heard]})
    else:
        for source, came in heard:
            new = _why(came) if isinstance(came, CannotReach) else tell(_NEW, count=sum(came.new.values()))
            say(f"{source.name}: {new}")
    if any(not isinstance(came, Summary) for _, came in heard):
        raise Refusal(1)


_NEW = sentence("{count} new")


def _heard(source: "Source", came: Any) -> dict[str, Any]:
    if isinstance(came, CannotReach):
        return {"name": source.name, "reason": str(came.reason), "remedy": str(came.advice)}
    return {"name": source.name, **came.counts()}


@sources.command("pause")
@click.argument("name")
def pause(name: str) -> None:
    """Stop hearing it for a while."""
    open_home()
    from gehoor.rooms.intake.sources import do_pause

    do_pause(source=named_source(name), paused=True, actor=None)


@sources.command("resume")
@click.argument("name")
def resume(name: str) -> None:
    """Hear it again, from where it stopped."""
    open_home()
    from gehoor.rooms.intake.sources import do_pause

    do_pause(source=named_source(name), paused=False, actor=None)


@sources.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Hear it no more; what it brought stays."""
    open_home()
    from gehoor.rooms.intake.sources import do_remove_source

    do_remove_source(source=named_source(name), actor=None)


@click.command("not-heard")
@click.argument("what", required=False, default="")
@click.argument("count", required=False, type=int)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day of the period.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the period.")
@click.option("--minutes", type=float, help="How long they waited, all together.")
@click.option("--source", default="", help="The source that it is about.")
@click.option(
    "--from", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take in a CSV table."
)
@AS_JSON
def not_heard(
    what: str,
    count: int | None,
    since: Any,
    until: Any,
    minutes: float | None,
    source: str,
    path: Path | None,
    as_json: bool,
) -> None:
    """Calls given up, letters in the drawer, mails unread, forms broken off: enter them; without more, show them.

    WHAT is calls, letters, mails, forms or other.
    """
    open_home()
    from gehoor.rooms.intake.not_heard import do_import_not_heard, do_tell_not_heard

    if path is not None:
        do_import_not_heard(data=path.read_bytes(), actor=None)
    elif what:
        if count is None or since is None or until is None:
            raise click.UsageError("give WHAT, COUNT, --since and --until")
        do_tell_not_heard(
            what=what,
            since=since.date(),
            until=until.date(),
            count=count,
            waited_minutes=minutes,
            source=named_source(source) if source else None,
            actor=None,
        )
    _show_not_heard(as_json)


def _show_not_heard(as_json: bool) -> None:
    from gehoor.rooms.intake.not_heard import NAMES
    from gehoor.rooms.intake.not_heard import not_heard as entries

    found = list(entries())
    if as_json:
        rows = [
            {
                "what": each.what,
                "since": _day(each.since),
                "until": _day(each.until),
                "count": each.count,
                "waited_minutes": each.waited_minutes,
                "source": each.source.name if each.source else None,
            }
            for each in found
        ]
        answer({"not_heard": rows})
        return
    headings = (
        sentence("What"),
        sentence("Period"),
        sentence("How many"),
        sentence("Minutes waited"),
        sentence("Source"),
    )
    table(
        [tell(heading) for heading in headings],
        [
            [
                tell(NAMES[each.what]),
                f"{_day(each.since)} – {_day(each.until)}",
                str(each.count),
                "" if each.waited_minutes is None else f"{each.waited_minutes:g}",
                each.source.name if each.source else "",
            ]
            for each in found
        ],
        {2, 3},
    )


def _day(day: date) -> str:
    return day.isoformat()
