"""How well and how fast calls are written down: word error rate and share of real time.

    python benchmarks/speech.py --data FOLDER --model MODEL [--minutes 10] [--save benchmarks/speech.md]

FOLDER holds ``nl_speech_fillets``: spoken Dutch clips of two speakers with their exact text. They are taken in an order
that their names decide, and made into calls in stereo of a dozen turns, one speaker a side, which are read as any
recording is. Both texts are compared in small letters, without punctuation, with numbers as digits.
"""

import argparse
import csv
import hashlib
import io
import os
import re
import time
import unicodedata
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from gehoor.channels.base import Direction, Document, Heard, Wishes
from gehoor.channels.call.engines import engine
from gehoor.channels.call.reader import READER

RATE = 16_000
TURNS = 12
PAUSE = 0.7
_COUNTING = """nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
zeventien achttien negentien twintig"""
NUMBERS = {word: str(number) for number, word in enumerate(_COUNTING.split()) if word != "een"}
"""Not the word for one, which is an article too."""


@dataclass(frozen=True, slots=True)
class Clip:
    """What one person says."""

    path: Path
    side: int
    text: str
    seconds: float


@dataclass(slots=True)
class Count:
    """Words that were said, and how many of them went wrong."""

    words: int = 0
    errors: int = 0

    def add(self, said: str, read: str) -> None:
        """Compare two texts."""
        reference = normal(said)
        self.words += len(reference)
        self.errors += distance(reference, normal(read))

    @property
    def rate(self) -> float:
        """The word error rate."""
        return self.errors / max(self.words, 1)


def normal(text: str) -> list[str]:
    """The words of a text, such that only what is heard counts."""
    text = unicodedata.normalize("NFC", text.casefold()).replace("’", "'")
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("'n ", "een ").replace("'t ", "het "))
    return [NUMBERS.get(word, word) for word in words]


def distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Words to change, put in or leave out (Levenshtein)."""
    row = list(range(len(second) + 1))
    for number, word in enumerate(first, start=1):
        last, row[0] = row[0], number
        for place, other in enumerate(second, start=1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (word != other))
    return row[-1]


def clips(folder: Path, minutes: float) -> list[Clip]:
    """Clips of so many minutes, in the order of the hashes of their names."""
    with (folder / "metadata.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    rows.sort(key=lambda row: hashlib.sha256(row["file"].encode()).digest())
    speakers = sorted({row["speaker"] for row in rows})
    chosen: list[Clip] = []
    for row in rows:
        if not sound(folder / "audio" / row["file"]).size:
            continue
        if sum(clip.seconds for clip in chosen) >= minutes * 60:
            break
        side = speakers.index(row["speaker"]) % 2
        chosen.append(Clip(folder / "audio" / row["file"], side, row["text_nl"], float(row["duration_s"])))
    return chosen


def sound(path: Path) -> np.ndarray:
    """The samples of a clip; none where there is no sound in it."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(path)) as container:
        frames = [made for frame in container.decode(audio=0) for made in resampler.resample(frame)]
        frames += resampler.resample(None) if frames else []
    return np.concatenate([np.zeros(0, np.int16), *(frame.to_ndarray()[0] for frame in frames)])


def calls(chosen: Sequence[Clip]) -> Iterator[tuple[bytes, float, tuple[str, str]]]:
    """Calls in stereo: the bytes, how long they last, and what is said on each side."""
    for start in range(0, len(chosen), TURNS):
        sides: list[list[np.ndarray]] = [[], []]
        texts: list[list[str]] = [[], []]
        for clip in chosen[start : start + TURNS]:
            said = np.pad(sound(clip.path), (0, int(PAUSE * RATE)))
            sides[clip.side].append(said)
            sides[1 - clip.side].append(np.zeros_like(said))
            texts[clip.side].append(clip.text)
        both = np.stack([np.concatenate(side) for side in sides])
        held = io.BytesIO()
        with wave.open(held, "wb") as out:
            out.setnchannels(2)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(both.T.tobytes())
        yield held.getvalue(), both.shape[1] / RATE, (" ".join(texts[0]), " ".join(texts[1]))


def main() -> None:
    """Measure, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--save", type=Path)
    chosen = parser.parse_args()
    os.environ |= {"GEHOOR_SPEECH_MODEL": str(chosen.model), "GEHOOR_CUSTOMER_SIDE": "left"}
    hears = engine()
    if hears is None:
        raise SystemExit(f"there is no whole model in {chosen.model}")
    taken = clips(chosen.data / "nl_speech_fillets", chosen.minutes)
    counts = {Direction.FROM_CUSTOMER: Count(), Direction.TO_CUSTOMER: Count()}
    lasted = spent = worked = 0.0
    number = 0
    for number, (data, seconds, said) in enumerate(calls(taken), start=1):
        document = Document("call.wav", len(data), lambda data=data: io.BytesIO(data))
        began, work = time.perf_counter(), time.process_time()
        read = list(READER.read_slowly(document, Wishes(), lambda: None))
        spent += time.perf_counter() - began
        worked += time.process_time() - work
        lasted += seconds
        texts = {each.direction: each.text for each in read if isinstance(each, Heard)}
        for (direction, count), text in zip(counts.items(), said, strict=True):
            count.add(text, texts.get(direction, ""))
        print(f"{number}: {seconds:.0f} s, " + ", ".join(f"{count.rate:.3f}" for count in counts.values()), flush=True)
    told = report(hears.name, taken, number, counts, lasted, spent, worked)
    print(told)
    if chosen.save:
        chosen.save.write_text(told, encoding="utf-8")


def report(
    name: str,
    taken: Sequence[Clip],
    number: int,
    counts: dict[Direction, Count],
    lasted: float,
    spent: float,
    worked: float,
) -> str:
    """The figures as a page."""
    left, right = counts.values()
    whole = Count(left.words + right.words, left.errors + right.errors)
    spoken = sum(clip.seconds for clip in taken)
    return f"""# Speech

`python benchmarks/speech.py --data FOLDER --model MODEL`, {name}, int8, {os.cpu_count()} cores.

{len(taken)} clips ({spoken / 60:.1f} minutes of clean, acted Dutch at 22 kHz, two speakers), taken by the hash of
their names, made into {number} calls in stereo with one speaker a side and {PAUSE} s between turns
({lasted / 60:.1f} minutes). Texts are compared in small letters, without punctuation, numbers as digits.

| | |
| --- | --- |
| Words said | {whole.words} |
| Word error rate | {whole.rate:.3f} |
| on the left (the customer) | {left.rate:.3f} |
| on the right (the adviser) | {right.rate:.3f} |
| Time, as a share of the time that the calls last | {spent / lasted:.2f} |
| Processor time, the same (both cores counted) | {worked / lasted:.2f} |

Both sides are listened to apart; what is silent is left out first. Other work went on beside this run, so the time is
an upper bound. Most errors are this small model's ears, not words left out: an organisation takes a larger one.
"""


if __name__ == "__main__":
    main()
