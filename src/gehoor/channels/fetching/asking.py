"""Asking an interface for JSON, and waiting until it may be asked again."""

import json
import time
from collections.abc import Callable

from gehoor.channels.fetching.errors import NotTaken
from gehoor.channels.fetching.fetch import Fetched
from gehoor.kernel.language import sentence

_STEP = 0.5


def object_in(answer: Fetched, where: str) -> dict[str, object]:
    """The answer as an object of JSON. Raises :class:`NotTaken`."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotTaken(where=where, why=sentence("it is no JSON of the kind that was asked for"))
    return found


def wait(seconds: float, goes_on: Callable[[], bool]) -> None:
    """Wait so long, or until ``goes_on()`` says no; it is asked every half second."""
    until = time.monotonic() + seconds
    while goes_on() and (left := until - time.monotonic()) > 0:
        time.sleep(min(_STEP, left))
