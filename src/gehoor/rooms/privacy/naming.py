"""What the audit trail calls tokens, whose own room lies below it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from gehoor.rooms.accounts.models import ApiToken, User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.privacy.subjects import Named


def tokens(public_ids: Collection[UUID], viewer: User) -> Mapping[UUID, Named]:
    """Tokens by name: of everyone for who manages users, one's own for others."""
    manages = viewer.may(May.MANAGE_USERS)
    found = ApiToken.objects.filter(Q() if manages else Q(user=viewer), public_id__in=public_ids)
    href = reverse("accounts:all_tokens" if manages else "accounts:tokens")
    return {token.public_id: Named(token.name, href) for token in found}
