"""The calls of the example that come as a telephone platform delivers them: sound, transcript, and a list of facts.

The customer says what stands under their name, the adviser the rest and then the reply.
"""

import csv
import html
import os
import re
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from gehoor.demo.files import Said
from gehoor.demo.spoken import ADVISER, CUSTOMER, Sentence, Speaker, can_speak, spoken, timed, write_sound

FOLDER = "gesprekken"
LIST = "gesprekken.csv"
RECORDED = {
    "a0018": Speaker("m3", 30, 150),
    "a0021": Speaker("m1", 45, 180),
    "b0039": Speaker("f2", 55, 170),
    "a0048": Speaker("f4", 60, 165),
    "b0046": Speaker("m7", 28, 150),
    "a0058": Speaker("f3", 48, 175),
    "a0077": Speaker("m2", 40, 155),
    "b0054": Speaker("m5", 34, 165),
    "a0088": Speaker("m4", 50, 170),
    "a0161": Speaker("m6", 25, 145),
}
"""Which calls, and the voice of the customer in each."""
_ADVISERS = {
    "Karin Bos": Speaker("f1", 52, 165),
    "Femke Smit": Speaker("f5", 62, 175),
    "Marieke Postma": Speaker("f3", 58, 160),
    "Daan Hofman": Speaker("m1", 55, 175),
    "Yusuf Aydin": Speaker("m4", 60, 170),
}
_COLUMNS = [
    "bestand",
    "datum",
    "klantnaam",
    "telefoon",
    "klantnummer",
    "onderwerp",
    "medewerker",
    "wachttijd",
    "klantkant",
]
_TURN = re.compile(r"(Klant|Adviseur): (.*)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"'‘’(]?[A-ZÀ-Þ0-9])")
_ASIDE = re.compile(r"\([^)]*\)")
_NAMES = {CUSTOMER: "Klant", ADVISER: "Adviseur"}


def make_calls(folder: Path, said: Sequence[Said]) -> Path:
    """Write every call that is not there yet, its transcript last, and the list of all of them.

    What stands there stays as it is, also when it was made without sound: it may have been taken in already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [each for each in said if each.line["id"] in RECORDED]
    for each in chosen:
        if not (folder / f"{_stem(each)}.vtt").exists():
            _make(each, folder)
    if not (folder / LIST).exists():
        _write_list(folder, chosen)
    return folder


def _stem(said: Said) -> str:
    """As the platform names a call; without its day, so that the same call keeps its name."""
    return f"gesprek-{said.line['id']}"


def _make(said: Said, folder: Path) -> None:
    sentences, sound = list(sentences_of(said)), folder / f"{_stem(said)}.ogg"
    laid = timed(sentences)
    if can_speak():
        try:
            laid = _record(said, sentences, sound)
        except (OSError, subprocess.TimeoutExpired):
            sound.unlink(missing_ok=True)
    _write_whole(folder / f"{_stem(said)}.vtt", _transcript(laid))


def _record(said: Said, sentences: Sequence[Sentence], path: Path) -> list[Sentence]:
    speakers = (RECORDED[said.line["id"]], _ADVISERS[said.line["reply"]["adviser"]])
    aloud = [Sentence(each.side, _ASIDE.sub("", each.text)) for each in sentences]
    samples, laid = spoken(aloud, speakers, zlib.crc32(said.line["id"].encode()))
    part = path.with_name(f".{path.name}")
    write_sound(samples, part)
    os.replace(part, path)
    return [Sentence(each.side, each.text, then.begins, then.ends) for each, then in zip(sentences, laid, strict=True)]


def sentences_of(said: Said) -> Iterator[Sentence]:
    """What is said, in order, and by whom."""
    for line in said.line["text"].splitlines():
        if turn := _TURN.fullmatch(line.strip()):
            yield from _sentences(CUSTOMER if turn[1] == "Klant" else ADVISER, turn[2])
    yield from _sentences(ADVISER, said.line["reply"]["text"])


def _sentences(side: int, text: str) -> Iterator[Sentence]:
    yield from (Sentence(side, part) for part in _SENTENCE_END.split(" ".join(text.split())))


def _transcript(sentences: Sequence[Sentence]) -> str:
    cues = (
        f"{_clock(each.begins)} --> {_clock(each.ends)}\n<v {_NAMES[each.side]}>{html.escape(each.text, quote=False)}\n"
        for each in sentences
    )
    return "\n".join(("WEBVTT\n", *cues))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _write_list(folder: Path, said: Sequence[Said]) -> None:
    part = folder / f".{LIST}"
    with part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(_COLUMNS)
        rows.writerows(_facts(each, folder) for each in said)
    os.replace(part, folder / LIST)


def _facts(said: Said, folder: Path) -> list[str]:
    sound = folder / f"{_stem(said)}.ogg"
    return [
        sound.name if sound.exists() else f"{_stem(said)}.vtt",
        said.at.isoformat(),
        said.line["author"],
        said.shows("phone"),
        said.shows("customer_number"),
        said.line["subject"],
        said.line["reply"]["adviser"],
        str(said.line["waited"]),
        "links",
    ]


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
