"""What kind of voice it is: question, complaint, remark, compliment, wish, or unsure.

A transparent classifier: cues (phrases that people use) add weight to a kind, and the answer shows which cues spoke.
When two kinds come close it says ``unsure`` instead of guessing. What people correct is learned (:func:`learn`).
"""

from gehoor.analysis.kind.classifier import KINDS, UNSURE, Cue, Judgement, classify
from gehoor.analysis.kind.learning import FEWEST_PERSONS, learn

__all__ = ["FEWEST_PERSONS", "KINDS", "UNSURE", "Cue", "Judgement", "classify", "learn"]
