"""Mail as a desk gets it, made with a seed, with what belongs together known.

Customers ask, the desk answers, customers answer that: as Gmail, Outlook and Apple Mail write it, with the ways in
which threads get lost (headers cut or gone, subjects changed, forwards, copies, machines, other orders). Nothing here
looks at how Gehoor or any other program joins mail.
"""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

OURS = "klant@delinde.example"
DOMAIN = "delinde.example"
PROGRAMS = ("gmail", "outlook", "apple")
FIRST = (
    "Anna",
    "Bram",
    "Carla",
    "Dirk",
    "Emma",
    "Fatima",
    "Gijs",
    "Hanna",
    "Ivo",
    "Joris",
    "Karin",
    "Lotte",
    "Mo",
    "Noor",
)
LAST = (
    "Bakker",
    "Visser",
    "Mulder",
    "Meijer",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Dekker",
    "Brouwer",
    "Yilmaz",
    "Kok",
)
PLAIN_SUBJECTS = ("Vraag", "Hypotheek", "Bouwdepot", "Klacht", "Rente", "Mijn aanvraag")
ABOUT = ("het bouwdepot", "de rente", "boetevrij aflossen", "mijn jaaropgave", "de taxatie", "de offerte",
         "de overbrugging", "mijn verhuizing", "de verlenging", "het energielabel", "de notaris",
         "een tweede lening")  # fmt: skip
ASKS = ("Kunt u mij vertellen hoe het staat met {what}, kenmerk {number}?",
        "Wanneer hoor ik iets over {what} ({number})?",
        "Klopt het dat {what} nog niet rond is sinds brief {number}?", "Wie kan mij bellen over {what} op {number}?",
        "Ik wacht al {number} dagen op antwoord over {what}.")  # fmt: skip
ANSWERS = ("Wij hebben {what} nagekeken onder {number} en komen er deze week op terug.",
           "Voor {what} hebben wij nog het formulier {number} van u nodig.",
           "Over {what} leest u alles in onze brief met nummer {number}.")  # fmt: skip
FOLLOWS = ("Dank, en hoe gaat het dan verder met {what} na {number}?",
           "Dat had ik al gestuurd, zie {number} over {what}.", "Ik begrijp het niet: {what} zou toch {number} zijn?",
           "Graag nog een keer bellen over {what}, na {number} uur.")  # fmt: skip
ANSWERING = ("Re", "RE", "AW", "Antw", "FW")
SHARES = {"whole": 50, "cut": 12, "outlook": 12, "bare": 17, "subject": 7, "subject_bare": 2}
"""How a customer's answer is tied to what it answers, in parts of a hundred."""


@dataclass
class Mail:
    """One message as it was sent. ``thread``: what it truly belongs to; ``how``: what makes it hard."""

    raw: bytes
    thread: int
    how: str
    message_id: str
    at: datetime
    by: str
    text: str
    subject: str
    references: list[str] = field(default_factory=list)
    index: bytes = b""
    copy: bool = False
    machine: bool = False
    to_answer_of_ours: bool = False


@dataclass
class Customer:
    """Who writes, and with what."""

    name: str
    address: str
    program: str


class Maker:
    """Makes threads; :func:`made` puts them in the order in which they come in."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.mails: list[Mail] = []
        self.threads = 0
        self._ids = 0
        self._people = 0

    def customer(self) -> Customer:
        """Someone new."""
        self._people += 1
        first, last = self.draw.choice(FIRST), self.draw.choice(LAST)
        address = f"{first}.{last}{self._people}@example.{self.draw.choice(('org', 'net', 'com'))}".lower()
        return Customer(f"{first} {last}", address, self.draw.choice(PROGRAMS))

    def words(self, kinds: tuple[str, ...]) -> str:
        """A sentence that hardly ever comes twice."""
        asked = self.draw.choice(kinds).format(what=self.draw.choice(ABOUT), number=self.draw.randrange(100_000))
        return asked + self.draw.choice((" Alvast bedankt.", " Graag snel.", ""))

    def subject(self) -> str:
        """Often a word that many use, else what it is about."""
        if self.draw.random() < 0.35:
            return self.draw.choice(PLAIN_SUBJECTS)
        begin = self.draw.choice(("Over", "Vraag over", "Nogmaals"))
        return f"{begin} {self.draw.choice(ABOUT)} {self.draw.randrange(900)}"

    def message_id(self, program: str) -> str:
        """As the program makes them."""
        self._ids += 1
        at = {"gmail": "mail.gmail.com", "outlook": "EURP001.PROD.OUTLOOK.COM", "apple": "icloud.com", "ours": DOMAIN}
        return f"{self.draw.randrange(16**12):012x}.{self._ids}@{at[program]}"

    def index(self, parent: bytes = b"") -> bytes:
        """Outlook's Thread-Index: 22 bytes for the thread, and five for each answer."""
        return parent + self.draw.randbytes(5) if parent else b"\1" + self.draw.randbytes(21)

    def question(self, who: Customer, at: datetime, *, subject: str = "", how: str = "new") -> Mail:
        """Something new."""
        self.threads += 1
        text = f"Beste De Linde,\n\n{self.words(ASKS)}"
        index = self.index() if who.program == "outlook" else b""
        return self._put(who, at, self.threads, how, subject or self.subject(), text, "", [], "", index)

    def ours(self, parent: Mail, to: Customer, at: datetime, *, heard: bool = True) -> Mail:
        """Our answer, with everything that it should have; ``heard`` False: nobody took it in here."""
        text = f"Beste {to.name},\n\n{self.words(ANSWERS)}\n\nMet vriendelijke groet,\nKlantenservice De Linde"
        index = self.index(parent.index) if parent.index and self.draw.random() < 0.8 else b""
        refs = [*parent.references, parent.message_id]
        us = Customer("De Linde", OURS, "ours")
        quote = _quoted("apple", parent, to)
        subject = _answering("Re", parent.subject)
        mail = self._put(
            us, at, parent.thread, "ours", subject, text, quote, refs, parent.message_id, index, to=to, keep=heard
        )
        if not heard:
            mail.how = "unheard"
        return mail

    def follow(self, parent: Mail, who: Customer, at: datetime, how: str = "") -> Mail:
        """A customer's answer to an answer of ours."""
        how = how or self.draw.choices(list(SHARES), list(SHARES.values()))[0]
        if how == "outlook" and (who.program != "outlook" or not parent.index):
            how = "bare" if who.program == "outlook" else "whole"
        refs = [*parent.references, parent.message_id]
        answered, index = parent.message_id, self.index(parent.index) if parent.index else b""
        if how == "cut":
            refs, answered = refs[-self.draw.randint(1, 2) :], self.draw.choice((answered, ""))
        if how in {"bare", "subject_bare", "outlook"}:
            refs, answered = [], ""
        if how in {"bare", "subject_bare"}:
            index = b""
        word = self.draw.choice(ANSWERING if how == "bare" else ANSWERING[:2])
        subject = self.subject() + " (nieuw)" if how.startswith("subject") else _answering(word, parent.subject)
        text = f"{self.words(FOLLOWS)}\n\n{who.name}"
        us = Customer("De Linde", OURS, "ours")
        quote = _quoted(who.program, parent, us)
        mail = self._put(who, at, parent.thread, how, subject, text, quote, refs, answered, index)
        mail.to_answer_of_ours = True
        return mail

    def forward(self, of: Mail | None, who: Customer, at: datetime) -> Mail:
        """Someone sends on what others wrote, to ask something new: an answer of ours to another, or strange mail."""
        self.threads += 1
        stranger = Customer("Notaris Van Dam", "kantoor@notaris.example", "outlook")
        refs = [*of.references, of.message_id] if of is not None else [self.message_id("outlook")]
        before = of or Mail(
            b"", 0, "", refs[-1], at - timedelta(days=1), stranger.name, self.words(FOLLOWS), self.subject()
        )
        quote = _quoted("outlook", before, Customer(before.by, stranger.address, ""))
        text = f"Goedendag,\n\nDit kreeg ik doorgestuurd. {self.words(ASKS)}\n\n{who.name}"
        index = self.index(before.index) if before.index else b""
        subject = _answering(self.draw.choice(("FW", "Fwd")), before.subject)
        return self._put(who, at, self.threads, "forward", subject, text, quote, refs, refs[-1], index)

    def machine(self, parent: Mail, who: Customer, at: datetime) -> Mail:
        """Away, or not delivered: nobody says anything."""
        kind = self.draw.choice(("away", "away_ms", "bounce"))
        text = "Ik ben er niet en lees mijn mail weer op maandag."
        refs = [*parent.references, parent.message_id]
        extra = {"away": "Auto-Submitted: auto-replied\n", "away_ms": "X-Auto-Response-Suppress: All\n", "bounce": ""}[
            kind
        ]
        subject = f"Automatisch antwoord: {parent.subject}"
        if kind != "bounce":
            mail = self._put(
                who, at, parent.thread, "machine", subject, text, "", refs, parent.message_id, b"", extra=extra
            )
        else:
            sender = Customer("Mail Delivery System", "mailer-daemon@example.org", "apple")
            mail = self._put(sender, at, parent.thread, "machine", "Undelivered Mail Returned to Sender", text, "",
                             refs, parent.message_id, b"", kind="bounce")  # fmt: skip
        mail.machine = True
        return mail

    def _put(self, who: Customer, at: datetime, thread: int, how: str, subject: str, text: str, quote: str,
             refs: list[str], answered: str, index: bytes, *, to: Customer | None = None, extra: str = "",
             kind: str = "", keep: bool = True) -> Mail:  # fmt: skip
        own = self.message_id(who.program)
        lines = [f"From: {who.name} <{who.address}>", f"To: {to.address if to else OURS}", f"Subject: {subject}",
                 f"Date: {format_datetime(at)}", f"Message-ID: <{own}>"]  # fmt: skip
        lines += [f"In-Reply-To: <{answered}>"] if answered else []
        lines += ["References: " + "\n ".join(f"<{each}>" for each in refs)] if refs else []
        lines += (
            [f"Thread-Index: {base64.b64encode(index).decode()}", f"Thread-Topic: {_bare(subject)}"] if index else []
        )
        head = "\n".join(lines) + "\n" + extra + "MIME-Version: 1.0\n"
        raw = (head + _body(f"{text}\n\n{quote}".rstrip() + "\n", who.program, kind)).encode()
        mail = Mail(raw, thread, how, own, at, who.name, text, subject, refs, index)
        if keep:
            self.mails.append(mail)
        return mail


def _body(text: str, program: str, kind: str) -> str:
    if kind == "bounce":
        return (
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n'
            f"Content-Type: text/plain; charset=utf-8\n\n{text}\n--b\n"
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\n"
            "Final-Recipient: rfc822; klant@example.org\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
        )
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    if program != "gmail":
        return plain + text
    html = "<div>" + text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>\n") + "</div>"
    return (
        f'Content-Type: multipart/alternative; boundary="a"\n\n--a\n{plain}{text}\n--a\nContent-Type: text/html; '
        f"charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{html}\n--a--\n"
    )


def _quoted(program: str, before: Mail, by: Customer) -> str:
    when = before.at
    if program == "outlook":
        return (
            f"Van: {before.by} <{by.address}>\nVerzonden: {when:%d-%m-%Y %H:%M}\nAan: iemand\n"
            f"Onderwerp: {before.subject}\n\n{before.text}"
        )
    quoted = "\n".join(f"> {line}" for line in before.text.splitlines())
    if program == "apple":
        return (
            f"Op {when:%d-%m-%Y}, om {when:%H:%M} heeft {before.by} <{by.address}> het volgende geschreven:\n\n{quoted}"
        )
    return f"Op {when:%d-%m-%Y} om {when:%H:%M} schreef {before.by} <{by.address}>:\n\n{quoted}"


def _bare(subject: str) -> str:
    word, mark, rest = subject.partition(": ")
    return rest if mark and word.lower() in {"re", "aw", "antw", "fw", "fwd"} else subject


def _answering(word: str, subject: str) -> str:
    return f"{word}: {_bare(subject)}"


def made(seed: int = 11, many: int = 5_000) -> list[Mail]:
    """``many`` messages in the order in which they come in."""
    maker = Maker(seed)
    begin = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    before: list[tuple[Mail, Customer]] = []
    while len(maker.mails) < many:
        at = begin + timedelta(minutes=maker.draw.randrange(60 * 24 * 50))
        for last, who in _threads(maker, at):
            before.append((last, who))
            if maker.draw.random() < 0.06:
                maker.forward(maker.draw.choice((last, None)), maker.customer(), last.at + timedelta(hours=9))
    return _as_it_comes_in(maker)[:many]


def _threads(maker: Maker, at: datetime) -> Iterator[tuple[Mail, Customer]]:
    """One thread; or two that look alike: of two customers with the same subject, or of one customer."""
    draw, subject, kind = maker.draw, maker.subject(), maker.draw.random()
    who = maker.customer()
    yield _thread(maker, who, at, subject, "new")
    if kind < 0.08:
        yield _thread(maker, maker.customer(), at + timedelta(minutes=draw.randrange(300)), subject, "same_subject")
    elif kind < 0.11:
        yield _thread(maker, who, at + timedelta(hours=draw.randrange(200)), subject, "same_person")


def _thread(maker: Maker, who: Customer, at: datetime, subject: str, how: str) -> tuple[Mail, Customer]:
    draw = maker.draw
    last = maker.question(who, at, subject=subject, how=how)
    for _ in range(draw.choices((0, 1, 2, 3, 5), (3, 4, 3, 2, 1))[0]):
        at += timedelta(minutes=draw.randrange(20, 3_000))
        last = maker.ours(last, who, at, heard=draw.random() < 0.92)
        if draw.random() < 0.05:
            maker.machine(last, who, at + timedelta(minutes=1))
        at += timedelta(minutes=draw.randrange(5, 3_000))
        last = maker.follow(last, who, at)
    return last, who


def _as_it_comes_in(maker: Maker) -> list[Mail]:
    """By time; some come in twice, and some before what they answer."""
    draw = maker.draw
    came: list[tuple[datetime, int, Mail]] = []
    for number, mail in enumerate(maker.mails):
        late = timedelta(hours=draw.randrange(1, 200)) if draw.random() < 0.04 else timedelta()
        if late:
            mail.how += "+late"
        came.append((mail.at + late, number, mail))
        if draw.random() < 0.03:
            again = b"Received: from forwarder.example by mx.delinde.example\n" + mail.raw
            raw = draw.choice((mail.raw, again))
            copy = replace(mail, raw=raw, how="twice", copy=True)
            came.append((mail.at + late + timedelta(minutes=draw.randrange(1, 4_000)), number, copy))
    return [mail for _, _, mail in sorted(came, key=lambda each: each[:2])]


def joined_rightly(mails: list[Mail], places: dict[int, str | None]) -> dict[str, tuple[int, int]]:
    """Of each way in which messages are hard: how many stand where they belong, of how many.

    ``places``: by the number of a delivery the name of what it was put in; None where nothing was made of it. A
    thread's place is that of its first message; a place belongs to the thread whose first message is the oldest in it.
    A message is right in its own thread's place, where that place is of this thread; a copy, or what a machine sent,
    also where nothing was made of it.
    """
    first: dict[int, int] = {}
    owner: dict[str, int] = {}
    for number, mail in enumerate(mails):
        if mail.machine or mail.copy:
            continue
        if mail.thread not in first or mail.at < mails[first[mail.thread]].at:
            first[mail.thread] = number
    for thread, number in sorted(first.items(), key=lambda each: mails[each[1]].at):
        if (place := places.get(number)) is not None:
            owner.setdefault(place, thread)
    counted: dict[str, tuple[int, int]] = {}
    for number, mail in enumerate(mails):
        place, home = places.get(number), places.get(first.get(mail.thread, -1))
        right = place is not None and place == home and owner[place] == mail.thread
        if mail.machine or mail.copy:
            right = right or place is None
        had, of = counted.get(mail.how, (0, 0))
        counted[mail.how] = (had + right, of + 1)
    return counted
