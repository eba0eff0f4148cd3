"""Drafts: kept while they are written, and never overwritten unseen."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering.manners import LONGEST
from gehoor.rooms.desk.cases.acts import note_act
from gehoor.rooms.desk.models import Case, Draft


@dataclass(frozen=True, slots=True)
class Kept:
    """``kept``: this text is the draft now. Else ``draft`` is what stands there, written by somebody else or in another
    window; None where it was sent or thrown away meanwhile."""

    kept: bool
    draft: Draft | None

    @property
    def revision(self) -> int:
        """On which the next text stands."""
        return self.draft.revision if self.draft is not None else 0


def draft_of(case: Case) -> Draft | None:
    """The draft of a case."""
    return Draft.objects.filter(case=case).select_related("by").first()


def do_keep_draft(case: Case, *, text: str, subject: str, way: str, revision: int, actor: User | None) -> Kept:
    """Keep what is being written. ``revision`` is the one that it stands on, 0 for a new draft. Raises NotAllowed, and
    Refused for what is endless."""
    _check_may(actor)
    if len(text) > 2 * LONGEST:
        raise Refused(why=sentence("the text is too long for this channel"))
    said = {"text": text.replace("\r\n", "\n"), "subject": subject.strip()[:200], "way": way[:60], "by": actor}
    if revision:
        found = Draft.objects.filter(case=case, revision=revision)
        kept = bool(found.update(**said, revision=revision + 1, at=now()))
        return Kept(kept, draft_of(case))
    try:
        with transaction.atomic():
            draft = Draft.objects.create(case=case, **said)
            note_act(case, "draft", by=actor)
    except IntegrityError:
        return Kept(False, draft_of(case))
    return Kept(True, draft)


def do_discard_draft(case: Case, actor: User | None) -> None:
    """Throw the draft away."""
    _check_may(actor)
    with transaction.atomic():
        if Draft.objects.filter(case=case).delete()[0]:
            note_act(case, "draft", by=actor, values={"thrown_away": True})


def do_end_draft(case: Case, text: str, actor: User | None, revision: int | None) -> None:
    """The answer was given, so its draft goes. What somebody else wrote in it meanwhile, and was not sent, stays."""
    draft = Draft.objects.filter(case=case).first()
    if draft is None:
        return
    theirs = draft.by is not None and draft.by != actor
    if not theirs or draft.revision == revision or draft.text.strip() in {"", text}:
        draft.delete()


def _check_may(actor: User | None) -> None:
    if actor is not None and not actor.may(May.ANSWER):
        raise NotAllowed()
