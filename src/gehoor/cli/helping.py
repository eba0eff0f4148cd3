"""What the command line says of itself, in the user's language: our own help, and the words of Click around it."""

import gettext
import os
from inspect import cleandoc
from pathlib import Path

import click

from gehoor.cli.speaking import language, tell
from gehoor.kernel.language import sentence

_LOCALE = Path(__file__).parents[1] / "web" / "locale"

WORDS_OF_CLICK = (
    sentence("Usage:"),
    sentence("Options"),
    sentence("Commands"),
    sentence("Positional arguments"),
    sentence("Show this message and exit."),
    sentence("Show the version and exit."),
    sentence("%(prog)s, version %(version)s"),
    sentence("Aborted!"),
    sentence("Error: {message}"),
    sentence("Error: The two entered values do not match."),
    sentence("Repeat for confirmation"),
    sentence("Try '{command} {option}' for help."),
    sentence("No such command {name!r}."),
    sentence("No such option {name!r}."),
    sentence("Missing argument"),
    sentence("Missing option"),
    sentence("Missing command."),
    sentence("Invalid value: {message}"),
    sentence("Invalid value for {param_hint}: {message}"),
    sentence("{value!r} is not a valid {number_type}."),
    sentence("{value!r} is not a valid UUID."),
    sentence("{value} is not in the range {range}."),
    sentence("{name} {filename!r} does not exist."),
    sentence("{name} {filename!r} is a file."),
    sentence("{name} {filename!r} is a directory."),
    sentence("{name} {filename!r} is not readable."),
    sentence("Option {name!r} does not take a value."),
    sentence("file"),
    sentence("directory"),
    sentence("default: {default}"),
)
"""As Click looks them up by gettext; they stand here so that they get into our catalog."""


class Helping(click.Group):
    """A group whose commands explain themselves in the user's language."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return None if found is None else _spoken(found)


def _spoken(command: click.Command) -> click.Command:
    command.help = tell(cleandoc(command.help or ""))
    for each in command.params:
        if isinstance(each, click.Option) and each.help:
            each.help = tell(each.help)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _spoken(inner)
    return command


def speak(group: click.Group) -> None:
    """From now on Click speaks the user's language, and so does what the group says of itself."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain("django", _LOCALE)
    gettext.textdomain("django")
    _spoken(group)
