"""The command that writes down what somebody said."""

import click

from gehoor.cli.hear import AS_JSON, finish
from gehoor.cli.opening import open_home
from gehoor.cli.speaking import answer, say, tell
from gehoor.kernel.language import sentence


@click.command()
@click.argument("text")
@click.option(
    "--where", type=click.Choice(["counter", "phone", "elsewhere"]), default="counter", help="Where it was said."
)
@click.option("--who", default="", help="An e-mail address, telephone number or customer number.")
@click.option("--name", default="", help="The customer's name.")
@click.option("--minutes", type=click.FloatRange(0, 600), help="How long it took.")
@AS_JSON
def note(text: str, where: str, who: str, name: str, minutes: float | None, as_json: bool) -> None:
    """Write down what a customer said at the counter or by telephone; it becomes a voice."""
    open_home()
    from gehoor.rooms.intake.noting import do_note

    made = do_note(text=text, place=where, who=who, name=name, minutes=minutes, actor=None)
    finish(later=False)
    if as_json:
        answer({"id": str(made.public_id)})
    else:
        say(tell(sentence("Heard. It is among the voices now.")))
