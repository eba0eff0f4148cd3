"""The example organisation."""

import time

import click

from gehoor.cli.hear import AS_JSON, finish
from gehoor.cli.opening import open_home
from gehoor.cli.serving import run_web
from gehoor.cli.speaking import answer, note, progress, say, tell
from gehoor.kernel.home import example_home
from gehoor.kernel.language import sentence


@click.command()
@click.option("--no-serve", is_flag=True, help="Fill the example and stop.")
@click.option("--address", default="", metavar="HOST:PORT", help="Where to listen (default: GEHOOR_ADDRESS).")
@AS_JSON
def demo(no_serve: bool, address: str, as_json: bool) -> None:
    """The example organisation: Hypotheekhuis De Linde, a made-up mortgage lender.

    The voices are there at once; what they are waiting for is worked out while you look.
    """
    home = open_home(example_home())
    from gehoor.demo.fill import fill, filled
    from gehoor.demo.story import register
    from gehoor.rooms.intake.summary import Summary

    began, summary = time.monotonic(), Summary()
    if not filled():
        note(sentence("Filling the example organisation, once."))
        with progress() as move:
            summary = fill(lambda title, done, of: move(title, done, of, done))
    register()
    if no_serve:
        finish(later=False, summary=summary)
    if as_json:
        answer(summary.document(time.monotonic() - began))
    elif no_serve:
        say(tell(sentence("The example organisation stands in {folder}."), folder=str(home.path)))
    if not no_serve:
        run_web(home, address, with_worker=True, open_browser=True)
