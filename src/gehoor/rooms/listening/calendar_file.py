"""A planned session as a calendar file (RFC 5545), for whatever calendar someone keeps.

It is published, not sent out for answers: METHOD:PUBLISH, with an organiser and without attendees (RFC 5546, 3.2.1).
The same appointment keeps its UID; each change raises SEQUENCE, so that a calendar takes the newer for the older. It
holds nothing of any customer. It has a DURATION and no DTEND: where the clock goes back, an end in local time could
seem to lie before the beginning.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText


@dataclass(frozen=True, slots=True)
class Entry:
    """What the file says. ``starts_at`` is aware; it is written in the zone ``zone``, with the rules of that zone."""

    public_id: UUID
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    title: str
    description: str
    address: str
    organiser: str
    organiser_email: str
    changed_at: datetime
    made_at: datetime
    cancelled: bool


def calendar_file(entry: Entry) -> bytes:
    """The bytes of an ``.ics`` file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gehoor//Luisteren//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(entry))
    first = entry.starts_at.date() - timedelta(days=366)
    calendar.add_missing_timezones(first_date=first, last_date=first + timedelta(days=5 * 366))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Entry) -> Event:
    begins = entry.starts_at.astimezone(ZoneInfo(entry.zone))
    event = Event()
    event.add("uid", f"{entry.public_id}@gehoor")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("created", entry.made_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", begins)
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("summary", entry.title)
    event.add("description", f"{entry.description}\n\n{entry.address}")
    event.add("url", entry.address)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    organiser = vCalAddress(f"mailto:{entry.organiser_email}")
    organiser.params["CN"] = vText(entry.organiser)
    event["organizer"] = organiser
    return event
