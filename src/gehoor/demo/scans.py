"""The letters of the example that come on paper, scanned as a post room does it: one by one, in a stack, of two pages.

They are letters that nobody replied to in writing, so that nothing is lost by their being on paper.
"""

import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import struct_time

from PIL import Image

from gehoor.demo.faces import BALLPOINT, PEN, SANS, SERIF, TYPEWRITER, Face
from gehoor.demo.files import Said
from gehoor.demo.sheets import DOTS_AN_INCH, Address, letter, separator
from gehoor.demo.worn import Wear, worn

FOLDER = "brieven"
_NO_TIME = struct_time((2000, 1, 1, 0, 0, 0, 5, 1, 0))
"""In the PDF instead of the moment of making: the same letter is the same bytes."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A letter of the example: how it was written, where its writer lives, and what the paper went through."""

    id: str
    face: Face
    address: Address
    wear: Wear = field(default_factory=Wear)
    leading: float = 1.0


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of the post room with one letter or a stack; JPEG quality as its machine was set."""

    name: str
    letters: tuple[OnPaper, ...]
    quality: int = 70


SCANS = (
    Scan("scan-0001.jpg", (OnPaper("a0004", PEN, Address("Schutstraat 41", "7906 KC"), Wear(0.7, 0.94, folds=2)),), 72),
    Scan(
        "scan-0002.pdf",
        (OnPaper("b0001", PEN, Address("Hemdijk 118", "8601 XK"), Wear(-0.9, has_holes=True, shadow=0.3)),),
    ),
    Scan(
        "scan-0003.pdf",
        (
            OnPaper("a0017", SANS, Address("Groenestraat 206", "6531 HX"), Wear(0.4, has_holes=True)),
            OnPaper("a0025", SERIF, Address("Wormerplein 63", "1442 CA"), Wear(-1.4, 0.93, folds=1)),
            OnPaper("b0011", SANS, Address("Haagweg 372", "4813 XE"), Wear(0.2, has_holes=True)),
        ),
    ),
    Scan(
        "scan-0004.pdf",
        (
            OnPaper(
                "b0005", TYPEWRITER, Address("Molenstreek 27", "9641 HA"), Wear(1.3, 0.92, 2, has_stain=True, blur=0.6)
            ),
        ),
    ),
    Scan(
        "scan-0005.tif",
        (OnPaper("a0037", SERIF, Address("De Wiken 9", "9203 NC"), Wear(-0.5, folds=2, blur=0.5), leading=1.35),),
    ),
    Scan(
        "scan-0006.pdf",
        (OnPaper("a0061", TYPEWRITER, Address("Weerdingerstraat 155", "7811 CK"), Wear(-1.8, 0.93, has_holes=True)),),
        60,
    ),
    Scan(
        "scan-0007.jpg",
        (OnPaper("b0014", SERIF, Address("Javastraat 88", "2585 AS"), Wear(0.3, 0.96, folds=2, shadow=0.25)),),
        75,
    ),
    Scan(
        "scan-0008.pdf",
        (
            OnPaper(
                "b0015", SANS, Address("Oosteinde 301", "7671 BA"), Wear(1.1, 0.93, 1, has_stain=True, has_holes=True)
            ),
        ),
    ),
    Scan(
        "scan-0009.jpg",
        (OnPaper("b0012", TYPEWRITER, Address("Wijk 3-76", "8321 EH"), Wear(-0.6, 0.91, folds=2, grain=0.018)),),
    ),
    Scan(
        "scan-0010.pdf",
        (OnPaper("a0096", BALLPOINT, Address("Singel 214", "3311 HK"), Wear(0.8, 0.95, folds=1, has_holes=True)),),
        75,
    ),
    Scan(
        "scan-0011.jpg",
        (OnPaper("b0024", SERIF, Address("Hinthamerstraat 219", "5211 MK"), Wear(-1.1, 0.94, folds=2, shadow=0.35)),),
        65,
    ),
    Scan(
        "scan-0012.pdf",
        (OnPaper("b0021", TYPEWRITER, Address("Vissersdijk 16", "9671 EJ"), Wear(0.5, 0.93, 2, has_stain=True)),),
    ),
)

ON_PAPER = frozenset(each.id for scan in SCANS for each in scan.letters)


def make_scans(folder: Path, said: Sequence[Said]) -> Path:
    """Write every scan that is not there yet: what was made on an earlier day has been read under that day's date."""
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {each.line["id"]: each for each in said}
    for scan in SCANS:
        if not (folder / scan.name).exists():
            _save(_pages(scan, by_id), folder / scan.name, scan.quality)
    return folder


def _pages(scan: Scan, by_id: Mapping[str, Said]) -> list[Image.Image]:
    pages: list[Image.Image] = []
    for each in scan.letters:
        if pages:
            pages.append(worn(separator(), Wear(0.2), len(pages), DOTS_AN_INCH))
        clean = letter(by_id[each.id], each.address, each.face, each.leading)
        seed = zlib.crc32(each.id.encode())
        pages += [worn(page, each.wear, seed + number, DOTS_AN_INCH) for number, page in enumerate(clean)]
    return pages


def _save(pages: Sequence[Image.Image], path: Path, quality: int) -> None:
    """Under another name until it is whole, so that a file that is there is whole."""
    part = path.with_name(f".{path.name}")
    first, rest = pages[0], list(pages[1:])
    dots = (DOTS_AN_INCH, DOTS_AN_INCH)
    if path.suffix == ".jpg":
        first.save(part, "JPEG", quality=quality, dpi=dots)
    elif path.suffix == ".tif":
        first.save(part, "TIFF", save_all=True, append_images=rest, compression="jpeg", quality=quality, dpi=dots)
    else:
        save = partial(first.save, part, "PDF", save_all=True, append_images=rest, quality=quality)
        save(resolution=DOTS_AN_INCH, producer="", creationDate=_NO_TIME, modDate=_NO_TIME)
    os.replace(part, path)
