"""Time as people work it: which minutes count, how long someone waited, by when they hear from us."""

from gehoor.analysis.hours.calendar import HOLIDAYS, Stretch, WorkingHours, read_stretch, standard_hours

__all__ = ["HOLIDAYS", "Stretch", "WorkingHours", "read_stretch", "standard_hours"]
