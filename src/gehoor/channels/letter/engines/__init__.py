"""The engines that read paper, and what an administrator wants to know of them."""

from functools import cache

from gehoor.channels.base import EngineState
from gehoor.channels.letter.engines.base import UNSURE, Engine, PageRead, PageWord
from gehoor.channels.letter.engines.rapid import Rapid
from gehoor.channels.letter.engines.tesseract import Tesseract


@cache
def tesseract() -> Tesseract:
    """The one that reads first."""
    return Tesseract()


@cache
def rapid() -> Rapid:
    """The one that reads what the first is unsure of."""
    return Rapid()


def engines() -> list[EngineState]:
    """Every engine, whether it is there, and what to do when it is not. Quick: no model is loaded."""
    known: list[Engine] = [tesseract(), rapid()]
    return [
        EngineState(each.name, there := each.there(), each.version() if there else "", each.remedy) for each in known
    ]


__all__ = ["UNSURE", "EngineState", "PageRead", "PageWord", "engines", "rapid", "tesseract"]
