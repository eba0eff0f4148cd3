"""The pages of a picture: one of a PNG or JPEG, many of a TIFF."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from gehoor.channels.letter.engines.base import Grey, PageWord
from gehoor.channels.letter.guarding import LONG_SIDE, MOST_PAGES, check_pages, check_pixels, guarded
from gehoor.channels.letter.media_types import PNG, media_type_of

_FORMATS = ["PNG", "JPEG", "TIFF"]


def opened_picture(data: bytes) -> "PicturePaper":
    """The picture that the bytes are. Raises Damaged, TooLarge or Dangerous."""
    with guarded(), io.BytesIO(data) as stream:
        picture = Image.open(stream, formats=_FORMATS)
    return PicturePaper(data, picture)


class PicturePaper:
    """A picture as :class:`gehoor.channels.letter.paper.Paper`."""

    def __init__(self, data: bytes, picture: Image.Image) -> None:
        self.data = data
        self.media_type = media_type_of(data[:16]) or PNG
        with guarded():
            self.count = _frames(data)
        check_pages(self.count)
        check_pixels(*picture.size)

    def scan(self, page: int) -> Grey:
        with self._frame(page) as frame:
            return np.ascontiguousarray(np.asarray(_on_white(frame).convert("L")))

    def layer(self, page: int) -> tuple[list[PageWord], bool]:
        return [], True

    def is_empty(self, page: int) -> bool:
        return False

    def aspect(self, page: int) -> float:
        with self._frame(page) as frame:
            return frame.width / frame.height

    def picture(self, page: int, width: int) -> Image.Image:
        with self._frame(page) as frame:
            shown = _on_white(frame).convert("RGB")
            height = min(round(shown.height * width / shown.width), 4 * width)
            return shown.resize((width, max(1, height)), Image.Resampling.LANCZOS, reducing_gap=2.0)

    def whole(self, page: int) -> Image.Image:
        with self._frame(page) as frame:
            return _on_white(frame).convert("RGB")

    def part(self, pages: Sequence[int]) -> bytes:
        if list(pages) == list(range(self.count)):
            return self.data
        frames: list[Image.Image] = []
        for page in pages:
            with self._frame(page) as frame:
                frames.append(frame.copy())
        return as_tiff(frames)

    @contextmanager
    def _frame(self, page: int) -> Iterator[Image.Image]:
        with guarded(), Image.open(io.BytesIO(self.data), formats=_FORMATS) as picture:
            picture.seek(page)
            check_pixels(*picture.size)
            if picture.format == "JPEG":
                picture.draft(None, (LONG_SIDE, LONG_SIDE))
            picture.load()
            yield picture


def as_tiff(frames: Sequence[Image.Image]) -> bytes:
    """The frames as one TIFF, without loss; the same bytes every time."""
    stream = io.BytesIO()
    with guarded():
        for frame in frames:
            frame.encoderinfo = {"compression": "group4" if frame.mode == "1" else "tiff_adobe_deflate"}
        how = "group4" if all(frame.mode == "1" for frame in frames) else "tiff_adobe_deflate"
        dots = frames[0].info.get("dpi", (200, 200))
        frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:], compression=how, dpi=dots)
    return stream.getvalue()


def _frames(data: bytes) -> int:
    """How many pages, counted no further than it takes to see that they are too many."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        if picture.format != "TIFF":
            return 1
        count = 0
        for _ in ImageSequence.Iterator(picture):
            count += 1
            if count > MOST_PAGES:
                break
        return count


def _on_white(frame: Image.Image) -> Image.Image:
    """The frame upright as its camera held it, on white paper, with eight bits a colour."""
    shown = ImageOps.exif_transpose(frame)
    if shown.mode.startswith(("I", "F")):
        deep = np.asarray(shown, dtype=np.float32)
        most = float(deep.max()) if deep.size else 0.0
        shown = Image.fromarray((deep * (255 / (65_535 if most > 255 else 255))).clip(0, 255).astype(np.uint8))
    if shown.mode in {"RGBA", "LA", "PA"} or "transparency" in shown.info:
        layered = shown.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        paper.alpha_composite(layered)
        shown = paper
    return shown
