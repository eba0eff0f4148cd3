"""The faces in which the example's letters are written: free ones, each with others to take where it is not there."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_ENDINGS = (".ttf", ".otf")


@dataclass(frozen=True, slots=True)
class Face:
    """``files`` are names of font files, the best first. Sizes are in points, the others in heights of the letters."""

    files: tuple[str, ...]
    points: float
    leading: float = 1.36
    wobble: float = 0.0
    """How far a word stands off its line."""
    is_handwriting: bool = False

    def font(self, dots_an_inch: int) -> Font:
        """The first that is there; Pillow's own where none is."""
        size = self.points * dots_an_inch / 72
        path = next((there for name in self.files if (there := _fonts_there().get(name.lower()))), None)
        return ImageFont.truetype(path, size) if path else ImageFont.load_default(size * 0.95)

    @property
    def is_there(self) -> bool:
        """Whether it is its own font that is taken."""
        return self.files[0].lower() in _fonts_there()


_SANS = ("LiberationSans-Regular.ttf", "Arimo-Regular.ttf", "DejaVuSans.ttf")
_SERIF = ("LiberationSerif-Regular.ttf", "Tinos-Regular.ttf", "DejaVuSerif.ttf")
_MONO = ("Courier Prime.otf", "CourierPrime-Regular.ttf", "LiberationMono-Regular.ttf", "DejaVuSansMono.ttf")

SANS = Face((*_SANS, *_SERIF), 10.5)
SERIF = Face((*_SERIF, *_SANS), 11.5)
TYPEWRITER = Face((*_MONO, *_SANS), 10.8, wobble=0.02)
PEN = Face(
    ("ComicNeue-Italic.otf", "ComicNeue-Regular.otf", *_SERIF), 14.5, leading=1.36, wobble=0.035, is_handwriting=True
)
BALLPOINT = Face(("dkg.ttf", *_SANS), 15.5, leading=1.45, wobble=0.03, is_handwriting=True)


@cache
def _fonts_there() -> Mapping[str, Path]:
    return {path.name.lower(): path for folder in _folders() for path in _fonts_in(folder)}


def _fonts_in(folder: Path) -> Iterator[Path]:
    for at, _, names in os.walk(folder):
        yield from (Path(at) / name for name in names if name.lower().endswith(_ENDINGS))


def _folders() -> tuple[Path, ...]:
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
