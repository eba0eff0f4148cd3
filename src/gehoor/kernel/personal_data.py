"""What each field of each model says about a human being.

Every model declares each of its fields next to its own definition. From these declarations come the register of
personal data and the test that holds it complete: a field without a declaration fails the build.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from gehoor.kernel.language import sentence

Model = TypeVar("Model", bound=type)


class Datum(Enum):
    """How a field relates to a person."""

    NONE = sentence("says nothing about a person")
    LINK = sentence("points to a person or to what a person said")
    IDENTIFYING = sentence("identifies a customer")
    SAID = sentence("what a customer said, word for word")
    DERIVED = sentence("derived from what a customer said")
    STAFF = sentence("about someone who works here")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one model holds, what for, and how long."""

    purpose: str
    kept: str
    fields: Mapping[str, Datum]


_declared: dict[type, Declaration] = {}


def personal_data(*, purpose: str, kept: str, **fields: Datum) -> Callable[[Model], Model]:
    """Class decorator: declare every field of a model. ``purpose`` and ``kept`` are translatable sentences."""

    def declare(model: Model) -> Model:
        _declared[model] = Declaration(purpose=purpose, kept=kept, fields=dict(fields))
        return model

    return declare


def declarations() -> Mapping[type, Declaration]:
    """All declarations made so far, by model."""
    return dict(_declared)
