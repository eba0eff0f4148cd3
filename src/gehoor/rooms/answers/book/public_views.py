"""The screens for everyone: the questions with their answers, each at an address of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.book.access import access_answer
from gehoor.rooms.answers.book.content import is_valid_on
from gehoor.rooms.answers.book.index import find_answers, near_best
from gehoor.rooms.answers.book.public_page import PAGE, Shown, for_customers, is_open, may_be_read, shown
from gehoor.rooms.answers.book.public_page import structured_script as as_script
from gehoor.rooms.answers.models import Audience
from gehoor.rooms.public.showing import LANGUAGE, for_everyone, in_language, show

_MOST = 10
_FOLDS = 150
"""Entries of which the answers stand on the page itself; of more only the questions do."""
_LONGEST_QUERY = 300


@for_everyone(indexed=True)
@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """All of them by subject, or what fits a question."""
    if not PAGE.published():
        raise NotFound(what=sentence("page"))
    language = get_language() or "nl"
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    rows = (
        _found(query, language)
        if query
        else [shown(each, each.current, language) for each in for_customers() if each.current is not None]
    )
    groups: dict[str, list[tuple[Shown, str]]] = {}
    for each in rows:
        groups.setdefault("" if query else each.subject, []).append((each, in_language(each.href, language)))
    ordered = sorted(groups.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    context = {
        "groups": ordered,
        "query": query,
        "count": len(rows),
        "folds": len(rows) <= _FOLDS,
        "structured": as_script(rows) if rows and not query and len(rows) <= _FOLDS else "",
        "language_chosen": request.GET.get(LANGUAGE, ""),
    }
    return show(request, "answers/book/faq.html", context)


def _found(query: str, language: str) -> list[Shown]:
    hits = near_best([hit for hit in find_answers(query, _MOST, audience=Audience.CUSTOMERS) if not hit.draft])
    return [shown(hit.answer, hit.version, language) for hit in hits]


@for_everyone(indexed=True)
@require_safe
def entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question and its answer."""
    each = _one(public_id)
    back = in_language(PAGE.address(), get_language() or "nl")
    context = {"entry": each, "back": back, "structured": as_script([each])}
    return show(request, "answers/book/faq_entry.html", context)


def _one(public_id: UUID) -> Shown:
    answer = access_answer(public_id)
    now = answer.current
    if now is None or not is_open() or not may_be_read(now) or not is_valid_on(now, timezone.localdate()):
        raise NotFound(what=sentence("page"))
    return shown(answer, now, get_language() or "nl")
