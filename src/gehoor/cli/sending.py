"""Commands about how answers go out: senders, and the runs in which people are told."""

from typing import TYPE_CHECKING, Any

import click

from gehoor.cli.hear import AS_JSON
from gehoor.cli.opening import Refusal, open_home, open_to_read
from gehoor.cli.sources import pairs
from gehoor.cli.speaking import answer, say, table, tell
from gehoor.kernel.errors import CannotReach, NotFound, Refused
from gehoor.kernel.language import Sentence, sentence

if TYPE_CHECKING:
    from gehoor.rooms.sending.models import Run, SenderSettings


@click.group()
def sending() -> None:
    """How answers go out: senders, and telling people what became of what they asked."""


@sending.command("senders")
@AS_JSON
def list_senders(as_json: bool) -> None:
    """Every sender, with how it is doing."""
    open_to_read()
    from gehoor.rooms.sending.senders import senders

    found = list(senders())
    if as_json:
        answer({"senders": [_sender(each) for each in found]})
        return
    names = (sentence("Sender"), sentence("Channel"), sentence("State"))
    states = {True: sentence("in trouble"), False: sentence("well")}
    rows = [[each.name, each.channel, tell(states[bool(each.trouble)])] for each in found]
    table([tell(name) for name in names], rows, set())
    for each in found:
        if each.trouble:
            why, remedy = _trouble(each)
            say(f"{each.name}: {tell(why)} {tell(remedy)}")


def _trouble(sender: "SenderSettings") -> tuple[Sentence, Sentence]:
    text, remedy, values = sender.trouble
    return Sentence(text, values), Sentence(remedy, values)


def _sender(each: "SenderSettings") -> dict[str, Any]:
    why, remedy = _trouble(each) if each.trouble else (None, None)
    return {
        "id": str(each.public_id),
        "name": each.name,
        "kind": each.kind,
        "channel": each.channel,
        "last_sent": each.sent_at.isoformat() if each.sent_at else None,
        "per_minute": each.per_minute,
        "reason": str(why) if why else None,
        "remedy": str(remedy) if remedy else None,
    }


@sending.command("add")
@click.argument("kind")
@click.argument("name")
@click.option("--set", "given", multiple=True, callback=pairs, metavar="SETTING=VALUE", help="Repeat for each setting.")
@click.option("--ask", multiple=True, metavar="SETTING", help="Ask for this one without showing it (a password).")
@click.option("--per-minute", default=120, show_default=True, help="At most so many messages a minute; 0 is no limit.")
@click.option("--heard-in", default="", metavar="SOURCE", help="The source in which copies are heard.")
@click.option("--copy-minutes", default=15, show_default=True, help="How long a copy may take.")
def add(
    kind: str, name: str, given: dict[str, str], ask: tuple[str, ...], per_minute: int, heard_in: str, copy_minutes: int
) -> None:
    """Set up a sender: a mail server (smtp), letters (print), call lists (call_list)."""
    open_home()
    from gehoor.cli.sources import named_source
    from gehoor.rooms.sending.senders import do_add_sender

    given |= {each: click.prompt(each, hide_input=True, err=True) for each in ask}
    made = do_add_sender(
        kind=kind,
        name=name,
        given=given,
        actor=None,
        per_minute=per_minute,
        heard_in=named_source(heard_in) if heard_in else None,
        copy_minutes=copy_minutes,
    )
    say(tell(sentence("{name} is set up. Look whether it works with: sending check"), name=made.name))


@sending.command("check")
@click.argument("name")
@AS_JSON
def check(name: str, as_json: bool) -> None:
    """Look whether a sender works now, without sending anything."""
    open_home()
    from gehoor.rooms.sending.senders import do_check_sender, senders

    found = senders().filter(name=name).first()
    if found is None:
        raise NotFound(what=sentence("sender"))
    why: CannotReach | None = None
    try:
        do_check_sender(sender=found, actor=None)
    except CannotReach as error:
        why = error
    found.refresh_from_db()
    if as_json:
        answer({"sender": _sender(found), "works": why is None})
    elif why is None:
        say(tell(sentence("It works: the other side answers and lets us in.")))
    else:
        say(f"{tell(why.reason)} {tell(why.advice)}")
    if why is not None:
        raise Refusal(1)


@sending.command("runs")
@AS_JSON
def list_runs(as_json: bool) -> None:
    """Every run, with how far it is."""
    open_to_read()
    from gehoor.rooms.sending.runs import runs

    _show(list(runs()), as_json)


def _show(found: list["Run"], as_json: bool) -> None:
    from gehoor.rooms.sending.progress import progress
    from gehoor.rooms.sending.showing import RUN_STATES

    rows = [(each, progress(each)) for each in found]
    if as_json:
        documents = [
            {
                "id": str(run.public_id),
                "name": run.name,
                "state": run.state,
                "people": far.all,
                "told": far.told,
                "left": far.left,
                "states": dict(far.whole.counts),
                "channels": {way.channel: dict(way.counts) for way in far.ways},
            }
            for run, far in rows
        ]
        answer({"runs": documents})
        return
    names = (sentence("What"), sentence("State"), sentence("People"), sentence("Told"), sentence("To do"))
    shown = [[run.name, tell(RUN_STATES[run.state]), str(far.all), str(far.told), str(far.left)] for run, far in rows]
    table([tell(name) for name in names], shown, {2, 3, 4})


def _run(name: str) -> "Run":
    from gehoor.rooms.sending.runs import runs

    found = [each for each in runs() if name in {each.name, str(each.public_id)}]
    if not found:
        raise NotFound(what=sentence("run"))
    if len(found) > 1:
        raise Refused(why=sentence("several have this name; give the id that “sending runs --json” shows"))
    return found[0]


@sending.command("stop")
@click.argument("name")
@AS_JSON
def stop(name: str, as_json: bool) -> None:
    """Stop a run now; give its name or id."""
    open_home()
    from gehoor.rooms.sending.runs import do_stop_run

    run = _run(name)
    do_stop_run(actor=None, run=run)
    _show([run], as_json)


@sending.command("go-on")
@click.argument("name")
@AS_JSON
def go_on(name: str, as_json: bool) -> None:
    """Go on with a run that was stopped; give its name or id."""
    open_home()
    from gehoor.rooms.sending.runs import do_go_on

    run = _run(name)
    do_go_on(actor=None, run=run)
    _show([run], as_json)


@sending.command("send")
@AS_JSON
def send(as_json: bool) -> None:
    """Send the mail that waits now. Where a worker runs, it does so by itself."""
    open_home()
    from gehoor.rooms.intake.worker import only_worker
    from gehoor.rooms.sending.delivering import Desk
    from gehoor.rooms.sending.runs import runs

    with only_worker() as free:
        if not free:
            raise Refused(why=sentence("a worker runs for this home already, and sends"))
        desk = Desk()
        while desk.once():
            pass
    _show(list(runs()), as_json)
