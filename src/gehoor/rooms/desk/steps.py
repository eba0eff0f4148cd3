"""Steps: what people said of one thing of the desk, each with what was and what is, so that each can be undone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Field, Model

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence

Values = dict[str, dict[str, Any]]
"""``{"was": {field: value}, "is": {field: value}}``, ready for JSON; a related thing stands there by its key."""


def change(thing: Model, changes: Mapping[str, Any]) -> Values:
    """Set these fields, save them, and say what was and what is; fields that stay as they are are left out. Needs the
    row locked. A related thing is given as itself or by its key."""
    was, is_ = {}, {}
    for name, value in changes.items():
        field = _field(thing, name)
        before = getattr(thing, field.attname)
        after = value.pk if isinstance(value, Model) else value
        if before != after:
            was[name], is_[name] = _plain(before), _plain(after)
            setattr(thing, field.attname, after)
    if is_:
        thing.save(update_fields=list(is_))
    return {"was": was, "is": is_}


def put_back(thing: Model, values: Values) -> Values:
    """Set the fields back to what they were; says what was and is now. Raises Refused when something changed since."""
    for name, value in values["is"].items():
        if _plain(getattr(thing, _field(thing, name).attname)) != value:
            raise Refused(why=sentence("something was changed since; undo that first"))
    before = {name: _field(thing, name).to_python(value) for name, value in values["was"].items()}
    return change(thing, before)


def _field(thing: Model, name: str) -> "Field[Any, Any]":
    field = thing._meta.get_field(name)
    if not isinstance(field, Field):
        raise ValueError(name)
    return field


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
