"""Whose these screens are."""

from gehoor.rooms.accounts.roles import May

HANDLE = (May.HANDLE_COMPLAINTS, May.SEE_PEOPLE)
"""Who keeps the register sees whose complaints they are."""
