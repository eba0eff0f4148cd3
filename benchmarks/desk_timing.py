"""How long asking a screen takes: the same for us and for whom we are measured beside. Standard library only."""

import time
from collections.abc import Callable
from typing import Any

WARM, TIMES = 5, 60


def measured(ask: Callable[[], Any]) -> list[float]:
    """Milliseconds: the median and the slowest twentieth, warm."""
    for _ in range(WARM):
        answered = ask()
        assert getattr(answered, "status_code", 200) in {200, 204}, answered
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    spent.sort()
    return [spent[len(spent) // 2], spent[int(0.95 * len(spent))]]
