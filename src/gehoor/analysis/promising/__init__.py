"""Promises in what we wrote or said: what we will do for whom, and by when, in Dutch and English.

Patterns, no model: what is found shows its words, and people decide. What a customer has to do, what depends on
something, what holds in general, what was said not to be promised and what is quoted is left alone.
"""

from gehoor.analysis.promising.finding import Found, find_promises
from gehoor.analysis.promising.when import Due, WorksOn, find_dues, on_weekdays

__all__ = ["Due", "Found", "WorksOn", "find_dues", "find_promises", "on_weekdays"]
