"""Draws the pages of a scan: bounded in how many at once and in what is held, outside any transaction.

What was drawn is held in the memory of this process only, so that nothing of a letter is left on disk beside it. A
browser keeps its own copy and asks by content hash whether that is still good.
"""

from collections import OrderedDict
from threading import BoundedSemaphore, Lock

from gehoor.channels.letter.media_types import media_type_of
from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Original

MOST_BYTES = 48 * 1024 * 1024
_AT_ONCE = 2
_HEAD = 1024

Key = tuple[bytes, int, int]


class Drawn:
    """What was drawn last, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held: OrderedDict[Key, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def held_bytes(self) -> int:
        """How much is held."""
        return self._bytes

    def get(self, key: Key) -> bytes | None:
        """A page that was drawn before, if it is still held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Key, image: bytes) -> None:
        """Hold a page; those not asked for longest go."""
        with self._lock:
            self._bytes += len(image) - len(self._held.pop(key, b""))
            self._held[key] = image
            while self._bytes > self._most:
                self._bytes -= len(self._held.popitem(last=False)[1])

    def forget(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._held.clear()
            self._bytes = 0


drawn = Drawn(MOST_BYTES)
_turns = BoundedSemaphore(_AT_ONCE)


def page_image(original: Original, page: int, width: int) -> bytes:
    """A page, counted from 1, as PNG. Raises NotFound for what is no paper, else what ``render_page`` raises."""
    key = (bytes(original.sha256), page, width)
    image = drawn.get(key)
    if image is None:
        data = originals.read(original)
        check_paper(data[:_HEAD])
        with _turns:
            image = drawn.get(key) or _render(data, original.media_type, page, width)
        drawn.keep(key, image)
    return image


def check_paper(head: bytes) -> None:
    """Pass for what begins as a scan does."""
    if not media_type_of(head):
        raise NotFound(what=sentence("page"))


def _render(data: bytes, media_type: str, page: int, width: int) -> bytes:
    from gehoor.channels.letter.pages import render_page

    return render_page(data, media_type, page, width)
