"""Commands about what was sent in before: arrivals, take-back."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from gehoor.cli.hear import AS_JSON, YES
from gehoor.cli.ids import short, whole
from gehoor.cli.opening import Refusal, open_home, open_to_read
from gehoor.cli.speaking import answer, confirm, note, number, say, table, tell
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence

if TYPE_CHECKING:
    from gehoor.rooms.intake.models import Arrival

_SHOWN = 20


@click.command()
@click.option("--limit", type=click.IntRange(min=0), help="At most so many (default: all as JSON, 20 on screen).")
@AS_JSON
def arrivals(limit: int | None, as_json: bool) -> None:
    """What was sent in, newest first, with the ID that `take-back` wants."""
    open_to_read()
    from gehoor.rooms.intake.models import Arrival

    found = Arrival.objects.select_related("by").order_by("-id")
    end = limit if limit is not None else (None if as_json else _SHOWN)
    documents = [_document(arrival) for arrival in found[:end]]
    if as_json:
        answer({"total": found.count(), "arrivals": documents})
        return
    rows = [
        [short(each["id"]), _moment(each["at"]), number(each["new"]), number(each["unread"]), each["name"][:80]]
        for each in documents
    ]
    headings = ["ID", sentence("Sent in on"), sentence("New"), sentence("Not read"), sentence("What")]
    table([headings[0], *map(tell, headings[1:])], rows, {0, 1, 2, 3})
    note(sentence("{shown} of {total} arrivals."), shown=len(rows), total=found.count())


def _document(arrival: "Arrival") -> dict[str, Any]:
    from gehoor.rooms.intake.watching import kept_of

    kept = kept_of(arrival.counts)
    return {
        "id": str(arrival.public_id),
        "name": arrival.name,
        "at": arrival.at.astimezone(UTC).isoformat(),
        "by": arrival.by.email if arrival.by else None,
        "state": arrival.state,
        "channel": arrival.channel,
        "mapping": arrival.mapping,
        "new": sum(each.new for each in kept),
        "known": sum(each.known for each in kept),
        "unread": arrival.counts.get("waiting", 0) + arrival.counts.get("refused", 0),
    }


def _called(arrival_id: str) -> "Arrival":
    """By the whole id, or by how it ends where only one does. Raises NotFound."""
    from gehoor.rooms.intake.actions import access_arrival
    from gehoor.rooms.intake.models import Arrival

    found = whole(arrival_id, Arrival.objects.values_list("public_id", flat=True))
    if found is None:
        raise NotFound(what=sentence("arrival"))
    return access_arrival(found)


def _moment(at: str) -> str:
    from django.utils import timezone

    return timezone.localtime(datetime.fromisoformat(at)).strftime("%Y-%m-%d %H:%M")


@click.command("take-back")
@click.argument("arrival_id", metavar="ID")
@click.option("--also-judged", is_flag=True, help="Also the voices that people decided about or listened to.")
@YES
@AS_JSON
def take_back(arrival_id: str, also_judged: bool, yes: bool, as_json: bool) -> None:
    """Take back what was sent in wrongly, as if it had never come in; sent in again it is new."""
    open_home()
    from gehoor.rooms.intake.taking_back import check_at_rest, do_take_back, extent_of

    arrival = _called(arrival_id)
    check_at_rest(arrival)
    extent = extent_of(arrival, also_judged=also_judged)
    if not yes:
        say(arrival.name)
        goes = sentence(
            "  {voices} voices, {replies} replies and {broadcasts} broadcasts go; {silent} items were not kept"
        )
        note(
            goes,
            voices=len(extent.voices),
            replies=len(extent.replies),
            broadcasts=len(extent.broadcasts),
            silent=extent.silent,
        )
        if not confirm(sentence("Take this back?"), default=False):
            raise Refusal(1)
    done = do_take_back(arrival=arrival, actor=None, also_judged=also_judged)
    if as_json:
        answer(
            {
                "id": str(arrival.public_id),
                "voices": len(done.voices),
                "replies": len(done.replies),
                "broadcasts": len(done.broadcasts),
                "silent": done.silent,
                "stays": {"voices": done.stays_voices, "replies": done.stays_replies},
            }
        )
        return
    say(tell(sentence("Taken back. Sent in again, it is new.")))
    if done.stays:
        stays = sentence(
            "{count} voices stay, since people decided about them or listened; --also-judged takes those too."
        )
        note(stays, count=done.stays_voices)
