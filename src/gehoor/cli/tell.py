"""Commands that tell: voices, needs, person. The same answers as the screens."""

from datetime import date, datetime

import click

from gehoor.cli.hear import AS_JSON, CHANNEL
from gehoor.cli.opening import open_to_read
from gehoor.cli.speaking import answer, note, number, say, table, tell
from gehoor.kernel.language import sentence

SAID_ON, CHANNEL_NAME, KIND = sentence("Said on"), sentence("Channel"), sentence("Kind")
TEXT, ADVISER = sentence("Text"), sentence("Adviser")
_SHOWN = 20


def _date(_: click.Context, __: click.Parameter, given: datetime | None) -> date | None:
    return given.date() if given else None


DAY = click.DateTime(["%Y-%m-%d"])


def _day(said_at: str | None) -> str:
    """The day on which something was said, where the organisation is."""
    from django.utils import timezone

    return timezone.localtime(datetime.fromisoformat(said_at)).date().isoformat() if said_at else ""


@click.command()
@click.option("--query", default="", help="Words to find, in any inflection.")
@CHANNEL
@click.option("--since", type=DAY, callback=_date, help="The first day, as 2025-03-01.")
@click.option("--until", type=DAY, callback=_date, help="The last day.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many (default: all as JSON, 20 on screen).")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Pass over so many.")
@AS_JSON
def voices(
    query: str, channel: str, since: date | None, until: date | None, limit: int | None, offset: int, as_json: bool
) -> None:
    """What customers said, newest first."""
    open_to_read()
    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.actions import check_wishes
    from gehoor.rooms.voices.document import documents
    from gehoor.rooms.voices.search import Filters, find
    from gehoor.web.words import channel_name, kind_name

    check_wishes(Wishes(channel))
    found = find(Filters(query=query, channel=channel, since=since, until=until))
    total = found.count()
    end = offset + limit if limit is not None else (None if as_json else offset + _SHOWN)
    chosen = list(found.values_list("id", flat=True)[offset:end])
    if as_json:
        answer({"total": total, "voices": list(documents(chosen))})
        return
    rows = [
        [
            _day(each["said_at"]),
            channel_name(each["channel"]),
            kind_name(each["kind"] or ""),
            " ".join(each["text"].split())[:160],
        ]
        for each in documents(chosen)
    ]
    table([tell(word) for word in (SAID_ON, CHANNEL_NAME, KIND, TEXT)], rows, {0, 1, 2})
    note(sentence("{shown} of {total} voices."), shown=len(rows), total=total)


@click.command()
@click.option("--level", type=click.IntRange(min=1), help="From 1 (broad) to fine; default the one that reads best.")
@AS_JSON
def needs(level: int | None, as_json: bool) -> None:
    """What people are waiting for, in three honest counts."""
    open_to_read()
    from gehoor.rooms.needs.queries import needs_document

    document = needs_document(level)
    if as_json:
        answer(document)
        return
    rows = [
        [
            each["name"],
            *(number(each[count], 0) for count in ("voices", "persons", "anonymous", "customer_minutes")),
            tell(each["loudness"]) if each["loudness"] else "",
        ]
        for each in document["needs"]
    ]
    counts = [sentence("Voices"), sentence("Persons"), sentence("Anonymous voices"), sentence("Customer minutes")]
    table([tell(heading) for heading in (sentence("Need"), *counts, "")], rows, {1, 2, 3, 4})
    total = document["total"]
    note(
        sentence("{voices} voices of {persons} persons and {anonymous} anonymous, {minutes} customer minutes."),
        voices=total["voices"],
        persons=total["persons"],
        anonymous=total["anonymous"],
        minutes=round(total["customer_minutes"]),
    )
    if total["voices"] and not document["levels"]:
        note(sentence("What they are waiting for is still being worked out by the worker of `serve`."))


@click.command()
@click.argument("query")
@AS_JSON
def person(query: str, as_json: bool) -> None:
    """One person: by name, mail address, phone number or customer number."""
    open_to_read()
    from gehoor.rooms.people.documents import person_document
    from gehoor.rooms.people.finding import find_person
    from gehoor.rooms.people.proof import KIND_NAMES
    from gehoor.web.words import channel_name

    document = person_document(find_person(query))
    if as_json:
        answer(document)
        return
    say(str(document["name"]))
    for each in document["identities"]:
        say(f"  {tell(KIND_NAMES.get(each['kind'], each['kind']))}: {each['value']}")
    moments = sorted([*document["voices"], *document["replies"]], key=lambda each: each["said_at"] or "")
    rows = [
        [
            _day(each["said_at"]),
            channel_name(each["channel"]),
            str(each.get("adviser", "")),
            " ".join(each["text"].split())[:160],
        ]
        for each in moments
    ]
    table([tell(word) for word in (SAID_ON, CHANNEL_NAME, ADVISER, TEXT)], rows, {0, 1})
