"""The register of processing: what is kept about people, what for and how long. Made from the models' own words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.db.models import Model

from gehoor.kernel.personal_data import Datum, Declaration, declarations


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of one room. ``fields`` groups the names of its fields by how they relate to a person."""

    room: str
    table: str
    declaration: Declaration
    fields: tuple[tuple[Datum, tuple[str, ...]], ...]

    @property
    def about_people(self) -> bool:
        """Whether anything in it says something about a human being."""
        return any(datum is not Datum.NONE for datum, _ in self.fields)


def _room(app: AppConfig) -> str:
    return app.label.removeprefix("gehoor_")


def _models() -> Iterator[tuple[str, type[Model]]]:
    for app in apps.get_app_configs():
        for model in app.get_models(include_auto_created=True):
            yield _room(app), model


def register() -> list[Entry]:
    """Every table of every room, those of the same room together, by name."""
    known = declarations()
    entries = [_entry(room, model, known[model]) for room, model in _models() if model in known]
    return sorted(entries, key=lambda entry: (entry.room, entry.table))


def _entry(room: str, model: type[Model], declaration: Declaration) -> Entry:
    grouped = {datum: tuple(name for name, each in declaration.fields.items() if each is datum) for datum in Datum}
    return Entry(room, model.__name__, declaration, tuple((datum, names) for datum, names in grouped.items() if names))


def check_complete() -> list[str]:
    """What is wrong with the declarations, one line for each; empty when every field of every model is declared."""
    known = declarations()
    return [line for room, model in _models() for line in _faults(room, model, known.get(model))]


def _faults(room: str, model: type[Model], declaration: Declaration | None) -> Iterator[str]:
    name = f"{room}.{model.__name__}"
    if declaration is None:
        yield f"{name} is not declared"
        return
    fields = {field.name for field in model._meta.concrete_fields}
    yield from (f"{name}.{field} is not declared" for field in sorted(fields - declaration.fields.keys()))
    yield from (f"{name}.{field} does not exist" for field in sorted(declaration.fields.keys() - fields))
    if not declaration.purpose.strip() or not declaration.kept.strip():
        yield f"{name} says not what for, or not how long"
