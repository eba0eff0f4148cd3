"""The command line: ``gehoor WORD...``.

Every command has ``--json``: one document on standard output, progress and messages on standard error. Exit status 0
when it did what it was asked, 1 when something was refused, 2 for wrong usage. Commands import Django only when they
run, so that help and wrong usage answer at once and the right home is chosen before anything is opened.
"""

from gehoor.cli.main import main

__all__ = ["main"]
