"""What the command line says: sentences in the user's language on standard error, answers on standard output."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from gehoor.kernel.language import Sentence, sentence

_aside = Console(stderr=True, highlight=False)
_answer = Console(highlight=False, soft_wrap=False)


def tell(said: Sentence | str, **values: str | int | float) -> str:
    """A sentence in the user's language, once Django is ready; in English before."""
    from django.apps import apps
    from django.utils.translation import gettext

    text = said.text if isinstance(said, Sentence) else said
    translated = gettext(text) if apps.ready else text
    filled = {
        key: tell(value) if isinstance(value, str) and apps.ready and value else value
        for key, value in (said.values if isinstance(said, Sentence) else values).items()
    }
    return translated.format_map(filled) if filled else translated


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
        return Text(f"{items:,} · {items / seconds:,.0f}/s" if seconds > 0.5 and items else "")


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
