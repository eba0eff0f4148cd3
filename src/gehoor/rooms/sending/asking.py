"""Where someone says whether an answer helped: the room above that asks this registers in the ``ready`` of its app.

The address is asked for when the message is made, and is kept nowhere but in the message itself.
"""

from collections.abc import Callable

from gehoor.rooms.sending.filling import Language
from gehoor.rooms.sending.models import Run, RunKind

Asker = Callable[[Run, Language], str]
"""Gets the run of one answer; gives the address at which the one question stands, "" where nothing is asked."""

_askers: list[Asker] = []


def register(asker: Asker) -> None:
    """Add who asks."""
    _askers.append(asker)


def asked_at(run: Run, channel: str, language: Language) -> str:
    """The address that goes along with an answer by mail; "" with everything else."""
    if run.kind != RunKind.ANSWER or channel != "email":
        return ""
    return next((address for asker in _askers if (address := asker(run, language))), "")
