"""Regular expressions that are compiled when they are first used.

Gehoor has hundreds, many made of whole word lists; a start of the program uses a few. Compiling all would take a
third of the time that a command takes.
"""

import re
from typing import Any, cast


class _Later:
    """Stands for a pattern; its first use compiles it and puts the methods of the compiled one in its own place."""

    def __init__(self, expression: str, flags: int) -> None:
        self.pattern, self.flags = expression, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def regex(expression: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``. The functions of ``re`` do not take it: call its own methods."""
    return cast(re.Pattern[str], _Later(expression, flags))
