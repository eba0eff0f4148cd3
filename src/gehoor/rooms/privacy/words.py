"""What the audit trail calls acts and things: each room says how its own are called, in the ``ready`` of its app."""

from collections.abc import Mapping

_actions: dict[str, str] = {}
_things: dict[str, str] = {}


def register(*, actions: Mapping[str, str], things: Mapping[str, str]) -> None:
    """Names by code, as translatable sentences."""
    _actions.update(actions)
    _things.update(things)


def check_named(*, action: str, what: str) -> None:
    """Pass for what has a name. Raises ValueError: nobody could read such a line of the trail."""
    if action not in _actions or what not in _things:
        raise ValueError(f"the audit trail has no name for {action} or {what}")


def action_of(code: str) -> str:
    """What an act is called; by its code when no installed room does it any more."""
    return _actions.get(code, code.replace("_", " "))


def thing_of(code: str) -> str:
    """What a thing is called; by its code when no installed room keeps it any more."""
    return _things.get(code, code.replace("_", " "))
