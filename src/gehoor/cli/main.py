"""The group of all commands."""

import sys

import click

from gehoor import __version__
from gehoor.cli.agreement import agreement
from gehoor.cli.answers import answers
from gehoor.cli.calling import caller
from gehoor.cli.changes import changes
from gehoor.cli.checking import check
from gehoor.cli.complaints import complaints
from gehoor.cli.desk import desk
from gehoor.cli.example import demo
from gehoor.cli.hear import analyse, listen, own, retry
from gehoor.cli.helping import Helping, speak
from gehoor.cli.keep import backup, doctor, restore, users
from gehoor.cli.noting import note
from gehoor.cli.opening import Refusal
from gehoor.cli.sending import sending
from gehoor.cli.serving import serve
from gehoor.cli.sources import not_heard, sources
from gehoor.cli.stating import statement
from gehoor.cli.taking_back import arrivals, take_back
from gehoor.cli.tell import needs, person, voices
from gehoor.cli.tokens import tokens
from gehoor.kernel.errors import GehoorError, SettingError


@click.group(cls=Helping, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="gehoor")
def group() -> None:
    """Gehoor hears what customers say, in every channel, and shows what they are waiting for.

    Without a command it opens the example organisation. Your own organisation lives in another folder (GEHOOR_HOME).
    """


for _command in (
    listen,
    serve,
    demo,
    voices,
    needs,
    answers,
    complaints,
    changes,
    statement,
    person,
    caller,
    desk,
    analyse,
    note,
    retry,
    sources,
    not_heard,
    sending,
    arrivals,
    take_back,
    own,
    users,
    tokens,
    backup,
    restore,
    doctor,
):
    group.add_command(_command)

for _command in (check, agreement):
    answers.add_command(_command)


def main() -> None:
    """Run the command line; a refusal is a sentence, not a traceback."""
    speak(group)
    try:
        status = group.main(sys.argv[1:] or ["demo"], prog_name="gehoor", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Refusal as refusal:
        sys.exit(refusal.status)
    except SettingError as error:
        _say(error)
        sys.exit(2)
    except GehoorError as error:
        _say(error)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _say(error: GehoorError) -> None:
    from gehoor.cli.speaking import tell

    reason = tell(error.reason)
    click.echo(f"{reason}{'' if reason.endswith(('.', '!', '?')) else '.'} {tell(error.advice)}", err=True)
