"""Tesseract 5 with its Dutch model and, where a page is hard, its English one: the program that Debian installs."""

import csv
import io
import os
import re
import resource
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np

from gehoor.channels.letter.engines.base import Grey, PageRead, PageWord
from gehoor.kernel.errors import EngineFailed
from gehoor.kernel.language import sentence

PROGRAM = "tesseract"
LANGUAGE = "nld"
ENGLISH = "eng"
SECONDS_A_PAGE = 20
"""Of the processor. A page of noise can keep Tesseract for minutes; a letter takes two seconds, a full page seven."""
_SECONDS_BY_THE_CLOCK = 180
"""What a page may take on a machine that does much else."""
_SECONDS_TO_ANSWER = 20
_WORD = "5"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
_TURN = re.compile(r"^Rotate: (\d+)$.*^Orientation confidence: ([\d.]+)$", re.MULTILINE | re.DOTALL)


class Tesseract:
    """See the module."""

    name = "tesseract"
    remedy = sentence("Install Debian's packages tesseract-ocr and tesseract-ocr-nld.")

    def there(self) -> bool:
        """Whether the program is there, and its Dutch model."""
        return shutil.which(PROGRAM) is not None and LANGUAGE in _languages()

    def version(self) -> str:
        """Such as ``tesseract 5.3.0 nld``."""
        return f"{PROGRAM} {_version()} {LANGUAGE}"

    def read_page(self, image: Grey, *, widely: bool = False) -> PageRead:
        """The words of a page, ``widely`` in Dutch and English at once; none when it takes over ``SECONDS_A_PAGE``."""
        more = f"+{ENGLISH}" if widely and ENGLISH in _languages() else ""
        how = ("--psm", "3", "-c", "tessedit_create_tsv=1", "-c", "tessedit_create_txt=0")
        told = _ask(image, "-l", LANGUAGE + more, *how)
        return PageRead(tuple(_words(told, image.shape[1], image.shape[0])), self.version() + more)

    def quarter_turns(self, image: Grey) -> tuple[int, float]:
        """How many quarter turns clockwise set the page upright, and how sure that is (above 2 is fairly)."""
        found = _TURN.search(_ask(image, "--psm", "0")) if "osd" in _languages() else None
        return (int(found.group(1)) // 90 % 4, float(found.group(2))) if found else (0, 0.0)


def _ask(image: Grey, *how: str) -> str:
    """What the program says of an image; ``""`` when it takes too long or finds nothing to say."""
    written, picture = cv2.imencode(".pgm", image)
    if not written:
        raise EngineFailed(engine=PROGRAM, why=sentence("the page could not be handed over"))
    command = [PROGRAM, "stdin", "stdout", "--dpi", str(_dots(image)), *how]
    try:
        running = subprocess.Popen(  # noqa: S603 (a fixed program, no words of others)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ENVIRONMENT,
        )
    except OSError as error:
        raise EngineFailed(engine=PROGRAM, why=sentence("it could not be started")) from error
    with running:
        resource.prlimit(running.pid, resource.RLIMIT_CPU, (SECONDS_A_PAGE, SECONDS_A_PAGE))
        try:
            told, _ = running.communicate(np.asarray(picture).tobytes(), timeout=_SECONDS_BY_THE_CLOCK)
        except subprocess.TimeoutExpired:
            running.kill()
            return ""
    return told.decode("utf-8", "replace") if running.returncode == 0 else ""


def _dots(image: Grey) -> int:
    """Dots an inch, were the longer side that of A4."""
    return int(max(70, round(max(image.shape) / 11.7)))


def _words(told: str, width: int, height: int) -> Iterator[PageWord]:
    rows = csv.reader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        if len(row) == 12 and row[0] == _WORD and row[11].strip():
            left, top, wide, high = (int(cell) for cell in row[6:10])
            box = (left / width, top / height, (left + wide) / width, (top + high) / height)
            yield PageWord(row[11].strip(), min(max(float(row[10]) / 100, 0.0), 1.0), box)


def _answer(*words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program, fixed words)
            [PROGRAM, *words], capture_output=True, timeout=_SECONDS_TO_ANSWER, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


@cache
def _languages() -> frozenset[str]:
    return frozenset(_answer("--list-langs").split())


@cache
def _version() -> str:
    found = re.search(r"tesseract v?(\d[\w.]*)", _answer("--version"))
    return found.group(1) if found else "?"
