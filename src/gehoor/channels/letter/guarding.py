"""What a document on paper may weigh, and what becomes of the errors that damaged and hostile ones raise."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from gehoor.kernel.errors import CannotRead, Damaged, Dangerous, TooLarge
from gehoor.kernel.language import sentence

MOST_PAGES = 500
MOST_PIXELS = 80_000_000
"""Of one page: A4 at 900 dots an inch."""
LONG_SIDE = 2_900
"""Pixels along the longer side of a page that is drawn: A4 at 250 dots an inch."""
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ZeroDivisionError,
    OverflowError,
    RuntimeError,
)
"""What Pillow and PDFium raise on damaged input."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever Pillow or PDFium raise on damaged or hostile input comes out as a :class:`CannotRead`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            yield
    except CannotRead:
        raise
    except _BOMBS as error:
        raise Dangerous(what=sentence("scan"), why=sentence("it unpacks to far more than a page")) from error
    except MemoryError as error:
        raise TooLarge(what=sentence("scan"), limit=sentence("what fits in memory")) from error
    except _BROKEN as error:
        raise Damaged(what=sentence("scan"), why=sentence("it breaks off, or is not what its name says")) from error


def check_pixels(width: float, height: float) -> None:
    """Pass, or raise TooLarge for a page that would take too much memory."""
    if width < 1 or height < 1:
        raise Damaged(what=sentence("scan"), why=sentence("a page without size"))
    if width * height > MOST_PIXELS:
        raise TooLarge(what=sentence("page"), limit=sentence("80 million dots"))


def check_pages(count: int) -> None:
    """Pass, or raise TooLarge for more pages than a stack of letters has."""
    if count > MOST_PAGES:
        raise TooLarge(what=sentence("scan"), limit=sentence("500 pages"))
    if count < 1:
        raise Damaged(what=sentence("scan"), why=sentence("it has no pages"))
