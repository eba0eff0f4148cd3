"""Which pages are open to customers: versions, the newest counts."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import OpenPages
from gehoor.rooms.privacy.audit import do_log

PAGES: Mapping[str, str] = {
    "form": sentence("Contact form"),
    "chat": sentence("Chat"),
    "survey": sentence("One question afterwards"),
    "own_data": sentence("Your own data"),
}


def current_pages() -> OpenPages:
    """The version that counts; what stands by itself where nobody chose."""
    return OpenPages.objects.select_related("by").order_by("-id").first() or OpenPages()


def is_open(page: str) -> bool:
    """Whether a page, by its name in ``PAGES``, is open to customers."""
    return bool(getattr(current_pages(), page))


def do_open_pages(*, is_open: Mapping[str, bool], actor: User | None) -> OpenPages:
    """Open and close pages; what is not named stays as it is."""
    if actor is not None and not actor.may(May.SET_DESK):
        raise NotAllowed()
    with transaction.atomic():
        before = current_pages()
        values = {name: is_open.get(name, getattr(before, name)) for name in PAGES}
        kept = OpenPages.objects.create(**values, by=actor)
        do_log(actor=actor, action="pages.open", what="public_pages", public_id=kept.public_id)
    return kept


def access_version(public_id: UUID) -> OpenPages:
    """One version; raises NotFound."""
    found = OpenPages.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("pages for customers"))
    return found


def do_undo_pages(*, version: OpenPages, actor: User | None) -> OpenPages:
    """Let what stood before count again, as a new version. Raises Refused when somebody chose otherwise since."""
    if current_pages().pk != version.pk:
        raise Refused(why=sentence("somebody opened or closed pages since"))
    before = OpenPages.objects.filter(pk__lt=version.pk).order_by("-id").first() or OpenPages()
    return do_open_pages(is_open={name: getattr(before, name) for name in PAGES}, actor=actor)
