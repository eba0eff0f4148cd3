"""Who wants to know that a user or a token was changed. The audit trail lies above and registers itself here."""

from collections.abc import Callable

from gehoor.rooms.accounts.models import ApiToken, User

Listener = Callable[[User | None, str, User | ApiToken], None]
"""Gets who did it (None: the command line, or the user before there was one), what was done, and to whom or what."""

_listeners: list[Listener] = []


def on_change(listener: Listener) -> None:
    """Call ``listener`` at every change, inside the change's own transaction. Twice the same counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(*, actor: User | None, action: str, changed: User | ApiToken) -> None:
    """Tell every listener."""
    for listener in _listeners:
        listener(actor, action, changed)
