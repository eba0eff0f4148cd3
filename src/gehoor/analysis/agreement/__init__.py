"""What an answer to a customer really states, and whether two answers to the same question agree.

Typed facts (amounts, shares, days, periods, yes or no, conditions) are read from Dutch and English text by rules and
word lists in ``lexicon/``, which anyone can read and correct. Two answers contradict each other only when both state a
value of the same thing and the values cannot both be true; when that is not sure, nobody can tell.
"""

from gehoor.analysis.agreement.comparing import Comparison, Verdict, compare
from gehoor.analysis.agreement.facts import Bound, Day, Fact, FactKind, Polarity, Proviso, Quantity
from gehoor.analysis.agreement.finding import find_facts
from gehoor.analysis.agreement.grouping import Disagreement, Group, Grouping, Said, group
from gehoor.analysis.agreement.idle import is_idle
from gehoor.analysis.agreement.pairing import Clash
from gehoor.analysis.agreement.statement import Statement

__all__ = [
    "Bound",
    "Clash",
    "Comparison",
    "Day",
    "Disagreement",
    "Fact",
    "FactKind",
    "Group",
    "Grouping",
    "Polarity",
    "Proviso",
    "Quantity",
    "Said",
    "Statement",
    "Verdict",
    "compare",
    "find_facts",
    "group",
    "is_idle",
]
