"""Makes the files in which the example reaches Gehoor: the same kinds that a real organisation has lying about.

Days are counted back from the day on which the files are made, so the example always ends yesterday.
"""

import json
import mailbox
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DOMAIN = "delinde.example"
DESK = f"klantenservice@{DOMAIN}"
PEOPLE = ("a", "b", "c")
ZONE = ZoneInfo("Europe/Amsterdam")
PARTS = ("a", "b", "c", "d", "e")
"""What was said; the fourth are private messages on X, as the desk for public questions keeps them, the last what came
in yesterday and waits."""
FILE_NAMES = {
    "letter": "brieven.jsonl",
    "call": "gesprekken.jsonl",
    "survey": "klanttevredenheid.jsonl",
    "x": "x.jsonl",
    "facebook": "facebook.jsonl",
    "forum": "forum.jsonl",
    "review": "reviews.jsonl",
    "chat": "chats.jsonl",
    "form": "contactformulier.jsonl",
}
MAIL = "klantenservice.mbox"
MAPPING = {
    "id": "nummer",
    "text": "tekst",
    "said_at": "datum",
    "author": "naam",
    "email": "e-mail",
    "phone": "telefoon",
    "customer_number": "klantnummer",
    "handle": "account",
    "subject": "onderwerp",
    "answer": "antwoord",
    "answered_at": "beantwoord",
    "adviser": "medewerker",
    "score": "cijfer",
    "duration": "duur",
    "waited": "wachttijd",
}


Line = Mapping[str, Any]
"""What stands in the package about one person, or one thing that was said."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that one person of the example said, as it stands in the package."""

    line: Line
    person: Line
    today: date

    @property
    def at(self) -> datetime:
        """When it was said, aware, in the organisation's time zone."""
        return moment_of(self.line, self.today)

    @property
    def answered_at(self) -> datetime | None:
        """When it was answered; never later than the evening before."""
        if not self.line["reply"]:
            return None
        latest = datetime.combine(self.today - timedelta(days=1), time(21), ZONE)
        return max(self.at, min(self.at + timedelta(hours=self.line["reply"]["hours_after"]), latest))

    def shows(self, field: str) -> str:
        """One of the person's identities, when it came along with this."""
        return str(self.person.get(field) or "") if field in self.line["show"] else ""

    @property
    def address(self) -> str:
        """The mail address that it came from."""
        return self.shows("email") or self.shows("email2")


def everything(today: date) -> list[Said]:
    """All that was said, oldest first."""
    known = people()
    lines = (line for part in PARTS for line in lines_of(f"said-{part}.jsonl"))
    said = [Said(line, known.get(line["person"], {}), today) for line in lines]
    return sorted(said, key=lambda each: (each.at, each.line["id"]))


def people() -> dict[str, Line]:
    """The people whom the dossier knows, by their ids in the package."""
    return {person["id"]: person for part in PEOPLE for person in lines_of(f"people-{part}.jsonl")}


def moment_of(line: Line, today: date) -> datetime:
    """When something was said, aware, in the organisation's time zone."""
    hour, minute = map(int, line["time"].split(":"))
    return datetime.combine(today - timedelta(days=line["days_ago"]), time(hour, minute), ZONE)


def lines_of(name: str) -> Iterable[Line]:
    """The lines of one of the files in the package."""
    text = files("gehoor.demo").joinpath("linde", name).read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())


def make_files(folder: Path, today: date, without: Set[str] = frozenset()) -> dict[str, Path]:
    """Write every file into a folder, without what reaches us otherwise; returns the file of each channel."""
    folder.mkdir(parents=True, exist_ok=True)
    said = [each for each in everything(today) if each.line["id"] not in without]
    made = {channel: folder / name for channel, name in FILE_NAMES.items()}
    for channel, path in made.items():
        rows = (_row(each) for each in said if each.line["channel"] == channel)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    _write_mail(folder / MAIL, [each for each in said if each.line["channel"] == "email"])
    return {**made, "email": folder / MAIL}


def _row(said: Said) -> dict[str, Any]:
    line, reply = said.line, said.line["reply"] or {}
    answered = said.answered_at
    return {
        "nummer": line["id"],
        "datum": said.at.isoformat(),
        "naam": line["author"],
        "e-mail": said.address,
        "telefoon": said.shows("phone"),
        "klantnummer": said.shows("customer_number"),
        "account": said.shows("handle"),
        "onderwerp": line["subject"],
        "tekst": line["text"],
        "antwoord": reply.get("text", ""),
        "beantwoord": answered.isoformat() if answered else "",
        "medewerker": reply.get("adviser", ""),
        "cijfer": "" if line["score"] is None else line["score"],
        "duur": "" if line["duration"] is None else line["duration"],
        "wachttijd": "" if line["waited"] is None else line["waited"],
    }


def _write_mail(path: Path, said: list[Said]) -> None:
    path.unlink(missing_ok=True)
    references: dict[str, list[str]] = {}
    box = mailbox.mbox(path)
    for each in said:
        before = references.get(each.line["thread"] or "", [])
        own = f"<{each.line['id']}@post.example.nl>"
        references[each.line["id"]] = [*before, own]
        box.add(_mail(each.line, (each.line["author"], each.address), ("De Linde", DESK), each.at, own, before))
        if each.line["reply"] and each.answered_at:
            answer = f"<{each.line['id']}-antwoord@{DOMAIN}>"
            box.add(_answer(each, answer, references[each.line["id"]]))
            references[each.line["id"]].append(answer)
    box.flush()
    box.close()


def _answer(said: Said, own: str, before: list[str]) -> EmailMessage:
    reply = said.line["reply"]
    adviser = (reply["adviser"], f"{reply['adviser'].lower().replace(' ', '.')}@{DOMAIN}")
    subject = f"Re: {said.line['subject']}"
    line = {"subject": subject, "text": reply["text"]}
    return _mail(line, adviser, (said.line["author"], said.address), said.answered_at or said.at, own, before)


def _mail(
    line: Mapping[str, Any], sender: tuple[str, str], to: tuple[str, str], at: datetime, own: str, before: list[str]
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = formataddr(sender)
    message["To"] = formataddr(to)
    message["Date"] = format_datetime(at.astimezone(UTC))
    message["Subject"] = " ".join(line["subject"].split())
    message["Message-ID"] = own
    if before:
        message["In-Reply-To"] = before[-1]
        message["References"] = " ".join(before)
    message.set_content(line["text"])
    return message
