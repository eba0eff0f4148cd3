"""RapidOCR: PaddleOCR's models on ONNX Runtime, which come with the package."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from gehoor.channels.letter.engines.base import Box, Grey, PageRead, PageWord
from gehoor.kernel.errors import EngineFailed
from gehoor.kernel.language import sentence

_THREADS = 2
_LARGEST_SIDE = 2_000
_FINDS = "PP-OCRv6_det_small.onnx"
_READS = "PP-OCRv6_rec_small.onnx"


class Rapid:
    """See the module. Its models are named to it by their path, since it would fetch what it does not find."""

    name = "rapidocr"
    remedy = sentence("Install the Python package rapidocr with onnxruntime (./run does).")

    def there(self) -> bool:
        """Whether the package is there with the models that belong to it."""
        models = _models()
        return bool(models and find_spec("onnxruntime") and all((models / each).exists() for each in (_FINDS, _READS)))

    def version(self) -> str:
        """Such as ``rapidocr 3.10.0``."""
        try:
            return f"rapidocr {version('rapidocr')}"
        except PackageNotFoundError:
            return "rapidocr"

    def read_page(self, image: Grey) -> PageRead:
        """The words of a page."""
        found = self._run(image, use_det=True)
        height, width = image.shape
        words = tuple(_words(found, width, height)) if found.boxes is not None else ()
        return PageRead(words, self.version())

    def read_lines(self, image: Grey, lines: Sequence[Box]) -> list[tuple[str, float]]:
        """Reads each line where another engine found it."""
        return [self._line(image, box) for box in lines]

    def _line(self, image: Grey, box: Box) -> tuple[str, float]:
        height, width = image.shape
        room = max(2, round((box[3] - box[1]) * height * 0.12))
        top, bottom = max(0, round(box[1] * height) - room), min(height, round(box[3] * height) + room)
        left, right = max(0, round(box[0] * width) - 2 * room), min(width, round(box[2] * width) + 2 * room)
        if bottom - top < 8 or right - left < 8:
            return "", 0.0
        found = self._run(np.ascontiguousarray(image[top:bottom, left:right]), use_det=False)
        texts = found.txts or ()
        return (str(texts[0]).strip(), float(found.scores[0])) if texts else ("", 0.0)

    def _run(self, image: Grey, *, use_det: bool) -> Any:
        coloured = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        try:
            return self._engine(coloured, use_det=use_det, use_cls=False, use_rec=True, return_word_box=use_det)
        except (RuntimeError, ValueError, cv2.error) as error:
            raise EngineFailed(engine=self.name, why=sentence("it could not make anything of the page")) from error

    @cached_property
    def _engine(self) -> Any:
        from rapidocr import RapidOCR  # heavy: loaded by who reads, in a process of its own

        models = _models() or Path()
        return RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Global.max_side_len": _LARGEST_SIDE,
                "Det.model_path": str(models / _FINDS),
                "Rec.model_path": str(models / _READS),
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            }
        )


def _models() -> Path | None:
    """Where the package keeps its models, without importing it."""
    spec = find_spec("rapidocr")
    return Path(spec.origin).parent / "models" if spec and spec.origin else None


def _words(found: Any, width: int, height: int) -> Iterator[PageWord]:
    for words in found.word_results or ():
        for text, confidence, corners in words:
            if not str(text).strip() or corners is None:
                continue
            across, down = [x for x, _ in corners], [y for _, y in corners]
            box = (min(across) / width, min(down) / height, max(across) / width, max(down) / height)
            yield PageWord(str(text).strip(), min(max(float(confidence), 0.0), 1.0), box)
