"""Opens a home before a command does its work: chooses it, readies Django, brings the database up to date."""

import os

from gehoor.kernel import environment
from gehoor.kernel.home import Home, example_home, own_home
from gehoor.kernel.language import sentence


class Refusal(Exception):
    """Leave with this exit status; what there was to say has been said."""

    def __init__(self, status: int = 1) -> None:
        super().__init__(status)
        self.status = status


def open_home(home: Home | None = None) -> Home:
    """Ready Django on a home (the organisation's own by default) and migrate its database. Returns the home."""
    home = home or own_home()
    os.environ["GEHOOR_HOME"] = str(home.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gehoor.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(environment.LANGUAGE.value())
    _migrate()
    return home


def open_to_read() -> Home:
    """The organisation's own home; while that has never heard anything, the example's where there is one."""
    home = own_home()
    if environment.HOME.value() is None and not environment.DATABASE.value() and not home.used and example_home().used:
        from gehoor.cli.speaking import note

        home = example_home()
        opened = open_home(home)
        note(sentence("Nothing of your own has been heard yet: this is the example organisation."))
        return opened
    return open_home(home)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
