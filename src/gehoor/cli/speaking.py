"""What the command line says: sentences in the user's language on standard error, answers on standard output."""

import gettext as catalogues
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from gehoor.kernel import environment
from gehoor.kernel.errors import SettingError
from gehoor.kernel.language import LANGUAGES, Sentence, sentence

_aside = Console(stderr=True, highlight=False)
_answer = Console(highlight=False, soft_wrap=False)
_SOURCE = Path(__file__).parents[1]
_YES, _NO = frozenset({"j", "ja", "y", "yes"}), frozenset({"n", "nee", "no"})


def tell(said: Sentence | str, **values: str | int | float) -> str:
    """A sentence in the user's language. Numbers are written as that language writes them; a value that is itself a
    translatable sentence is translated too."""
    text = said.text if isinstance(said, Sentence) else said
    given = said.values if isinstance(said, Sentence) else values
    filled = {name: _translated(value) if isinstance(value, str) else number(value) for name, value in given.items()}
    return _translated(text).format_map(filled) if filled else _translated(text)


def _translated(text: str) -> str:
    """By Django once it is ready; before, from the same catalogues, since making it ready would begin a home."""
    from django.apps import apps
    from django.utils.translation import gettext

    if not text:
        return ""
    if apps.ready:
        return gettext(text)
    found = (catalogue.gettext(text) for catalogue in _catalogues(language()))
    return next((each for each in found if each != text), text)


def language() -> str:
    """The language that was set; the default when what was set is no language."""
    try:
        return environment.LANGUAGE.value()
    except SettingError:
        return LANGUAGES[0]


@cache
def _catalogues(code: str) -> list[catalogues.GNUTranslations]:
    files = sorted(_SOURCE.glob(f"**/locale/{code}/LC_MESSAGES/django.mo"))
    return [catalogues.GNUTranslations(file.open("rb")) for file in files]


def number(value: float, decimals: int | None = None) -> str:
    """A number as the user's language writes it: thousands set apart, a comma or a point before the decimals."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1
    written = f"{value:,.{decimals}f}"
    return written.translate(str.maketrans(",.", ".,")) if language() == "nl" else written


def confirm(question: str, *, default: bool) -> bool:
    """Ask, in the user's language, on standard error; yes and no are understood in every language."""
    hint = tell(sentence("Y/n") if default else sentence("y/N"))
    while True:
        said = click.prompt(f"{tell(question)} [{hint}]", default="", show_default=False, err=True).strip().lower()
        if not said or said in _YES | _NO:
            return said in _YES if said else default


def note(said: Sentence | str, **values: str | int | float) -> None:
    """A message beside the answer."""
    click.echo(tell(said, **values), err=True)


def answer(document: Mapping[str, Any]) -> None:
    """The one JSON document of a command."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def say(text: str) -> None:
    """A line of the answer for a person."""
    click.echo(text)


def table(headings: list[str], rows: list[list[str]], numbers: set[int]) -> None:
    """A table that fits the terminal; columns in ``numbers`` are set right."""
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        grid.add_column(
            heading, justify="right" if place in numbers else "left", no_wrap=place in numbers, overflow="fold"
        )
    for row in rows:
        grid.add_row(*map(Text, row))
    _answer.print(grid)


class _Rate(ProgressColumn):
    """Items a second."""

    def render(self, task: Task) -> Text:
        items, seconds = int(task.fields.get("items", 0)), task.elapsed or 0
        return Text(f"{number(items)} · {number(items / seconds, 0)}/s" if seconds > 0.5 and items else "")


Move = Callable[[str, float, float, int], None]


@contextmanager
def progress() -> Iterator[Move]:
    """A progress bar when a person is watching: call with ``(title, done, of, items)``."""
    if not _aside.is_terminal:
        yield lambda *_: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=_aside, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def move(title: str, done: float, of: float, items: int) -> None:
            if title not in tasks:
                tasks[title] = bar.add_task(tell(title), total=of, items=0)
            bar.update(tasks[title], completed=done, total=of, items=items)

        yield move


READING = sentence("Reading what came in")
