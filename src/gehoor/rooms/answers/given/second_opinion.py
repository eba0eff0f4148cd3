"""A second opinion from a language-model server, where the organisation configured one and the rules cannot tell.

It is never needed, and never believed on its word: what it calls a clash counts when it quotes both answers letter for
letter and the rules read a fact in each (:mod:`gehoor.analysis.agreement.server`). What customers were told is sent to
that server, and to no other.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from gehoor.analysis.agreement import Verdict
from gehoor.analysis.agreement.server import JudgeFailed, ServerJudge
from gehoor.kernel import environment
from gehoor.rooms.answers.given.judging import CANNOT_TELL, CONTRADICT, Clash, Judged, read

_log = logging.getLogger(__name__)
_GROUPS = 3
"""The largest groups of answers, of which each pair is asked about."""


def second_opinion(question: str, answers: Sequence[str], judged: Judged) -> Judged:
    """The same, or with the clash that the server found. Without a server, or when it fails, the same."""
    judge = _judge(environment.JUDGE.value(), environment.JUDGE_KEY.value())
    if judge is None or judged.verdict != CANNOT_TELL:
        return judged
    standing = [at for at, _ in judged.says[:_GROUPS]]
    try:
        for one, other in combinations(standing, 2):
            found = judge.compare(read(answers[one], question), read(answers[other], question), question)
            if found.verdict is Verdict.CONTRADICT and found.clashes:
                clash = found.clashes[0]
                values = ((one, clash.a), (other, clash.b))
                return replace(judged, verdict=CONTRADICT, clashes=(Clash(str(clash.kind), clash.about, values),))
    except JudgeFailed as failed:
        _log.warning("no second opinion: %s", failed.code)
    return judged


@lru_cache(maxsize=1)
def _judge(setting: str, key: str) -> ServerJudge | None:
    address, _, model = setting.partition("#")
    return ServerJudge(address, model, key) if setting else None
