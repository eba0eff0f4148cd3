"""Values out of JSON that may hold anything."""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

Json: TypeAlias = object
Object: TypeAlias = Mapping[str, object]


def parsed(text: str) -> Json:
    """The value that a text writes. Raises :class:`Damaged`, also for what is nested too deep."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except ValueError:
        raise Damaged(what=sentence("transcript"), why=sentence("it is no JSON, or it is cut off")) from None
    except RecursionError:
        raise Damaged(what=sentence("transcript"), why=sentence("its values are nested too deep")) from None


def object_in(held: Json, name: str = "") -> Object:
    """The value, or the one under ``name``, when it is an object; else an empty one."""
    if name:
        held = held.get(name) if isinstance(held, Mapping) else None
    return held if isinstance(held, Mapping) else {}


def objects_in(held: Object, name: str) -> Iterator[Object]:
    """The objects in the list under ``name``."""
    value = held.get(name)
    yield from (each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else ()


def text_in(held: Object, *names: str) -> str:
    """The text under the first of these names that has one, on one line."""
    texts = (held.get(name) for name in names)
    return next((" ".join(each.split()) for each in texts if isinstance(each, str) and each.strip()), "")


def number_in(held: Object, name: str) -> float | None:
    """The number under ``name``, when it is a sensible one."""
    value = held.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e15 else None


def seconds_in(held: Object, name: str) -> float | None:
    """Milliseconds under ``name`` as seconds; None when negative."""
    value = number_in(held, name)
    return value / 1000 if value is not None and value >= 0 else None
