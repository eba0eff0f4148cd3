"""A statement that someone typed, held against what customers said: on its subject or not, for it or against it.

The method stands in ``docs/statement.md``. Word lists in ``lexicon/`` are there to be read and corrected.
"""

from gehoor.analysis.statement.claim import Claim, Frame, read_claim
from gehoor.analysis.statement.judging import Judgement, Side, judge

__all__ = ["Claim", "Frame", "Judgement", "Side", "judge", "read_claim"]
