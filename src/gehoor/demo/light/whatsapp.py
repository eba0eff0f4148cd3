"""WhatsApp: the chats of an adviser's telephone with two customers, as it exports them."""

from datetime import date
from itertools import groupby
from pathlib import Path

from gehoor.demo.files import Line, lines_of, moment_of, people
from gehoor.demo.light.keeping import keep

_ADVISER = "Karin Bos"
_ENCRYPTED = (
    "Berichten en oproepen worden end-to-end versleuteld. Alleen mensen in deze chat kunnen ze lezen, ernaar luisteren "
    "of ze delen. Meer informatie."
)


def make(folder: Path, today: date) -> None:
    """Write a text of each chat into a folder; it is called after the customer's number."""
    known = people()
    for person, group in groupby(lines_of("whatsapp.jsonl"), key=lambda line: str(line["person"])):
        number = _number(known[person])
        keep(folder / f"WhatsApp-chat met {number}.txt", _chat(list(group), number, today).encode())


def _number(person: Line) -> str:
    """As a telephone shows somebody who is not in its address book."""
    digits = "".join(filter(str.isdigit, person["phone"]))
    return f"+31 {digits[1]} {digits[2:]}"


def _chat(lines: list[Line], number: str, today: date) -> str:
    begin = f"{moment_of(lines[0], today):%d-%m-%Y %H:%M} - {_ENCRYPTED}\n"
    names = {"adviser": _ADVISER, "customer": number}
    said = (f"{moment_of(line, today):%d-%m-%Y %H:%M} - {names[line['by']]}: {line['text']}\n" for line in lines)
    return begin + "".join(said)
