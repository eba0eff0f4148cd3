"""Exports of WhatsApp (and Signal's of the same shape): text in which each message begins with when and who.

The same chat looks otherwise on every telephone: brackets on an iPhone, a dash on Android, dates and clocks of its
language, and marks of direction in between.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gehoor.channels.base import Document
from gehoor.channels.chat.dating import Dates, Order, Written, moment
from gehoor.channels.chat.message import Message, Sort
from gehoor.channels.chat.phrases import LTR, MARKS, files_in, plain, sort_of, without_edited
from gehoor.channels.chat.whose import Names
from gehoor.channels.table.encoding import KEEP, SAMPLE, encoding_of, legible

LONGEST = 1 << 20
"""Characters of one message; what follows in the same message is given as the next."""
_HEAD = 120
"""Characters in which when and who begin."""
_HALVES = {
    **dict.fromkeys(("am", "vm", "öö", "sa", "ap", "de", "πμ", "проб", "dop", "pd", "fm", "قظ", "ص"), "am"),
    **dict.fromkeys(("上午", "凌晨", "早上", "오전", "午前"), "am"),
    **dict.fromkeys(("pm", "nm", "ös", "ch", "ip", "du", "μμ", "слоб", "odp", "md", "em", "بظ", "م"), "pm"),
    **dict.fromkeys(("下午", "中午", "晚上", "오후", "午後"), "pm"),
}
"""Halves of the day in the languages that write them, letters only."""
_HALF = r"[^\W\d_](?:[.\s]{0,2}[^\W\d_]){0,3}\.?"
_START = re.compile(
    r"(?P<open>\[)?\s?(?P<a>\d{1,4})(?P<sign>[./-])\s?(?P<b>\d{1,2})(?P=sign)\s?(?P<c>\d{1,4})\.?"
    r"(?P<between>[,،]?\s(?:[^\W\d_]{1,2}\.?\s|(?:om|um|at|las|alle|ore|klo|kl\.)\s|a las\s)?)?"
    rf"(?P<before>{_HALF}\s?)?(?P<hour>\d{{1,2}})(?:[:.]|\s?h\s?)(?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?"
    rf"(?:\s?(?P<after>{_HALF}))?(?P<end>\]\s?|\s[-–]\s)",
)
_AUTHOR = re.compile(r"([^:\n]{1,120}?):(?: |\Z|\n)")
_QUOTED = re.compile('["“”„«]')
_AMERICAN_TIME = re.compile(r"[AP]M\Z")


@dataclass(slots=True)
class Overview:
    """What is known of a chat before its messages are told. ``begins`` is its first message as it stands."""

    dates: Dates = field(default_factory=Dates)
    names: Names = field(default_factory=Names)
    begins: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """The beginning of a message."""

    written: Written
    sign: str
    time: tuple[int, int, int, str]
    rest: str
    is_american: bool


def likeness(head: str) -> float:
    """How sure it is that a text begins as an export does: several of its first lines begin a message."""
    lines = [line for line in head.split("\n")[:60] if line.strip()]
    begun = [found for line in lines if (found := _begun(line)) is not None]
    if not begun or _begun(lines[0]) is None:
        return 0.0
    said = sum(_AUTHOR.match(plain(each.rest)) is not None for each in begun)
    if not said:
        return 0.5 if len(begun) == len(lines) else 0.0
    return 0.97 if len(begun) > 1 or len(lines) == 1 else 0.9


def overview(document: Document) -> Overview:
    """The dates and names of the whole chat. Raises nothing."""
    found = Overview()
    for message in _messages(document, None, found.dates):
        found.names.add(message)
        found.begins = found.begins or (message.original if found.dates.steps else "")
    return found


def messages(document: Document, order: Order) -> Iterator[Message]:
    """Every message in order, with the number of its first line as its place."""
    yield from _messages(document, order, Dates())


def _messages(document: Document, order: Order | None, dates: Dates) -> Iterator[Message]:
    """Without an order the messages have no moment; their dates are added to ``dates``."""
    place, held, size = 0, [""], 0
    current: _Line | None = None
    for number, line in enumerate(_lines(document), start=1):
        begun = _begun(line)
        if begun is None and size + len(line) <= LONGEST:
            if held == [""] and current is None:
                place = number
            held.append(line)
            size += len(line)
            continue
        if (whole := _message(place, current, held, order)) is not None:
            yield whole
        if begun is not None:
            current = begun
            if order is None:
                dates.is_american = dates.is_american or begun.is_american
                dates.add(begun.written, begun.sign)
        place, held, size = number, [line], len(line)
    if (whole := _message(place, current, held, order)) is not None:
        yield whole


def _lines(document: Document) -> Iterator[str]:
    """The lines without their ends; one beyond all bounds comes in pieces."""
    with document.open() as stream:
        text = io.TextIOWrapper(stream, encoding_of(document.head(SAMPLE)), KEEP, newline=None)
        while line := text.readline(LONGEST):
            yield line.rstrip("\n")


def _begun(line: str) -> _Line | None:
    """The line as the beginning of a message, when it is one."""
    start = line[:_HEAD]
    if not start.isascii():
        start = MARKS.sub("", start)
    if not start.lstrip()[:2].lstrip("[")[:1].isdecimal():
        return None
    found = _START.match(start.lstrip())
    if (
        found is None
        or bool(found["open"]) != found["end"].startswith("]")
        or not (found["between"] or found["before"])
    ):
        return None
    half = _half((found["before"] or found["between"] or "").strip(" ,")) or _half(found["after"] or "")
    time = (int(found["hour"]), int(found["minute"]), int(found["second"] or 0), half)
    american = bool(_AMERICAN_TIME.match(found["after"] or "")) and _is_bare_american(found)
    return _Line((found["a"], found["b"], found["c"]), found["sign"], time, _rest(line, found), american)


def _is_bare_american(found: re.Match[str]) -> bool:
    """Whether it is written ``1/2/24``: without zeros before, with the year in two digits."""
    return found["sign"] == "/" and len(found["c"]) == 2 and (len(found["a"]) == 1 or len(found["b"]) == 1)


def _rest(line: str, found: re.Match[str]) -> str:
    """What follows who and when, with its marks: as many signs as were matched are passed, marks not counted."""
    stripped = len(line) - len(line.lstrip())
    if not MARKS.search(line, 0, stripped + found.end() + 1):
        return line[stripped + found.end() :]
    left = found.end()
    at = stripped
    while left and at < len(line):
        left -= not MARKS.match(line, at) and not (at < _HEAD and line[at].isspace() and at < stripped)
        at += 1
    return line[at:]


def _half(text: str) -> str:
    return _HALVES.get("".join(sign for sign in text.casefold() if sign.isalpha()), "") if text else ""


def _message(place: int, begun: _Line | None, held: list[str], order: Order | None) -> Message | None:
    original = "\n".join(held)
    if not original.strip():
        return None
    if begun is None:
        return Message(str(place), "", None, legible(original), original, Sort.SYSTEM)
    said_at = moment(begun.written, order, *begun.time) if order is not None else None
    found = _AUTHOR.match(MARKS.sub("", begun.rest))
    if found is None or _QUOTED.search(found[1]):
        return Message(str(place), "", said_at, plain(legible(original)), original, Sort.SYSTEM)
    author, text = _author_and_text(begun.rest)
    return _said(Message(str(place), author, said_at, "\n".join([text, *held[1:]]), original))


def _author_and_text(rest: str) -> tuple[str, str]:
    author, _, text = rest.partition(":")
    return " ".join(plain(legible(author)).split()), text[1:] if text.startswith(" ") else text


def _said(message: Message) -> Message:
    """The message as what it is: words, a file, a deletion, or words of the program."""
    is_marked = message.text.startswith(LTR)
    whole = without_edited(plain(legible(message.text)))
    names, text = files_in(whole)
    sort = Sort.SAID if names and text else Sort.FILE if names else sort_of(text, is_marked=is_marked)
    return Message(message.place, message.author, message.said_at, text, message.original, sort, files=names)
