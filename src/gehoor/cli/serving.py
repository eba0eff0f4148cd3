"""The web application with its worker."""

import logging
import os
import signal
import subprocess
import sys
import threading
import webbrowser
from types import FrameType

import click

from gehoor.cli.opening import open_home
from gehoor.cli.speaking import note
from gehoor.kernel import environment
from gehoor.kernel.errors import Refused
from gehoor.kernel.home import Home
from gehoor.kernel.language import sentence

_THREADS = 8
_SCREENS = 1_000
"""Connections at the same time: each live screen keeps one open."""
_PATIENCE = 30


@click.command()
@click.option("--address", default="", metavar="HOST:PORT", help="Where to listen (default: GEHOOR_ADDRESS).")
@click.option("--no-worker", is_flag=True, help="Only the web application.")
@click.option("--only-worker", is_flag=True, help="Only the worker.")
def serve(address: str, no_worker: bool, only_worker: bool) -> None:
    """The web application with its worker."""
    home = open_home()
    if only_worker:
        run_worker()
    else:
        run_web(home, address, with_worker=not no_worker)


def run_worker() -> None:
    """Work until told to stop, or until the web application that started this process is gone."""
    from gehoor.rooms.intake.worker import only_worker, work

    stop = threading.Event()
    parent = os.getppid()

    def goes_on() -> bool:
        return not stop.is_set() and os.getppid() == parent

    def end(_: int, __: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with only_worker() as free:
        if not free:
            raise Refused(why=sentence("a worker runs for this home already"))
        _go_on_with_the_example()
        work(goes_on)


def _go_on_with_the_example() -> None:
    """In the example organisation the worker also tells what its people did, once their needs are there."""
    from gehoor.rooms.accounts.example import is_example

    if is_example():
        from gehoor.demo.story import register

        register()


def run_web(home: Home, address: str, *, with_worker: bool, open_browser: bool = False) -> None:
    """Serve until told to stop, with the worker beside it."""
    from waitress.server import create_server

    from gehoor.web.wsgi import application

    # A short queue is how it should be when many screens ask at once; a warning for each would hide what matters.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    host, port = environment.ADDRESS.parse(address) if address else environment.ADDRESS.value()
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=_THREADS,
            ident="gehoor",
            connection_limit=_SCREENS,
            asyncore_use_poll=True,
        )
    except OSError as error:
        raise Refused(why=error.strerror or "the address is taken") from None
    worker = _start_worker(home) if with_worker else None
    signal.signal(signal.SIGTERM, _end)
    _warm()
    _announce(f"http://{host}:{server.effective_port}", open_browser)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        server.close()
    finally:
        if worker is not None:
            _end_worker(worker)


def _end(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)


def _end_worker(worker: "subprocess.Popen[bytes]") -> None:
    """Let it finish what it is at; a step that takes too long is done again the next time."""
    worker.terminate()
    try:
        worker.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _start_worker(home: Home) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "gehoor", "serve", "--only-worker"]
    return subprocess.Popen(command, env={**os.environ, "GEHOOR_HOME": str(home.path)})  # noqa: S603 our own program


def _warm() -> None:
    """Load what is slow before the first visitor needs it: the chart engine and the lexicons of search."""
    from gehoor.analysis.text import query_terms
    from gehoor.web.charts import warm

    def load() -> None:
        query_terms("hypotheken")
        warm()

    threading.Thread(target=load, daemon=True).start()


def _announce(url: str, open_browser: bool) -> None:
    from gehoor.rooms.accounts.links import welcome_link
    from gehoor.rooms.accounts.models import User

    note(sentence("Gehoor listens at {url} (stop with Ctrl-C)."), url=url)
    if not User.objects.exists():
        url = f"{url}{welcome_link()}"
        note(sentence("Nobody can sign in yet. Make the first administrator here (works for a day):"))
        note(url)
    if open_browser and (os.environ.get("DISPLAY") or sys.platform == "darwin"):
        webbrowser.open(url)
