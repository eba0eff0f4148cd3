"""Writing an answer, sending it, and what becomes of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.answering import actions
from gehoor.rooms.desk.answering.booking import found_in_book
from gehoor.rooms.desk.answering.composing import changes_by_itself, composer_of, on_their_way, promised_in
from gehoor.rooms.desk.answering.drafting import Kept, do_discard_draft, do_keep_draft, draft_of
from gehoor.rooms.desk.answering.errors import AnsweredAlready
from gehoor.rooms.desk.answering.looking_back import Looked, look_back
from gehoor.rooms.desk.answering.ways import last_voice
from gehoor.rooms.desk.cases.queries import access_case
from gehoor.rooms.desk.models import Answer, Case, State

_DOOR = (May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)
_GIVEN = ("weg", "onderwerp", "daarna", "stem", "boven", "revisie", "vraag_kan", "vraag")
"""What the pages in between carry on of the composer's form."""


@may(*_DOOR)
@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send it; or keep it, throw it away, look at it again first."""
    case, post = access_case(public_id), request.POST
    if "weg_ermee" in post:
        do_discard_draft(case, actor(request))
        return redirect("desk:case", public_id)
    if "bewaar" in post:
        return _keep(request, case)
    looked = look_back(post.get("tekst", ""), case, actor(request), _uuid(post.get("stem", "")))
    if "depart" in post or "take_back" in post:
        looked.act(request)
        return _looked(request, case, looked)
    if "kijk" in post or (looked.deserves_a_look and "nagekeken" not in post):
        return _looked(request, case, looked)
    return _send(request, case)


def _send(request: HttpRequest, case: Case) -> HttpResponse:
    post = request.POST
    channel, _, way = post.get("weg", "").partition(":")
    try:
        made = actions.do_answer(
            case,
            post.get("tekst", ""),
            post.get("onderwerp", ""),
            channel,
            actor(request),
            way=way,
            then=post.get("daarna", "") or State.WAITING_CUSTOMER,
            over=_uuid(post.get("boven", "")),
            revision=_number(post.get("revisie", "")),
            ask="vraag" in post if "vraag_kan" in post else None,
        )
    except AnsweredAlready as already:
        context = {
            "case": case,
            "theirs": already.answer,
            "text": post.get("tekst", ""),
            "given": _given(post, "boven"),
        }
        return render(request, "desk/answering/already.html", context, status=409)
    except Refused as refused:
        messages.error(request, said(refused))
        return _keep(request, case, quiet=True)
    messages.success(request, _sent(made))
    return redirect("desk:case", case.public_id)


def _sent(made: Answer) -> str:
    if made.went_at is not None:
        return gettext("Done; the case follows.")
    if made.channel == "email":
        return gettext("It leaves in a moment. Until then you can take it back.")
    return gettext("It waits for the letters or the call list.")


def _keep(request: HttpRequest, case: Case, *, quiet: bool = False) -> HttpResponse:
    """Keep it as the draft; where somebody else wrote meanwhile, beneath theirs."""
    kept = _kept(request, case)
    if not kept.kept:
        theirs = kept.draft.text if kept.draft else ""
        both = f"{theirs}\n\n{request.POST.get('tekst', '')}".strip()
        kept = _kept(request, case, revision=kept.revision, text=both)
        messages.info(request, gettext("Somebody else wrote in this draft meanwhile; yours stands beneath it."))
    elif not quiet:
        messages.success(request, gettext("Kept as a draft."))
    return redirect("desk:case", case.public_id)


def _kept(request: HttpRequest, case: Case, *, revision: int | None = None, text: str | None = None) -> Kept:
    post = request.POST
    return do_keep_draft(
        case,
        text=post.get("tekst", "") if text is None else text,
        subject=post.get("onderwerp", ""),
        way=post.get("weg", ""),
        revision=_number(post.get("revisie", "")) if revision is None else revision,
        actor=actor(request),
    )


@may(*_DOOR)
@require_POST
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what is being written; says the revision, and what is promised in it. 409 where somebody else wrote."""
    kept = _kept(request, access_case(public_id))
    if not kept.kept:
        theirs = kept.draft
        return JsonResponse({"revision": kept.revision, "text": theirs.text if theirs else ""}, status=409)
    promises = [each.said for each in promised_in(request.POST.get("tekst", ""))]
    return JsonResponse({"revision": kept.revision, "promises": promises})


def _looked(request: HttpRequest, case: Case, looked: Looked) -> HttpResponse:
    context: dict[str, Any] = {"case": case, "text": request.POST.get("tekst", ""), "given": _given(request.POST)}
    return render(request, "desk/answering/checked.html", context | looked.context(actor(request)))


def _given(post: Mapping[str, str], *without: str) -> list[tuple[str, str]]:
    return [(name, post[name]) for name in _GIVEN if name in post and name not in without]


@may(*_DOOR)
@require_safe
def under_way(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is on its way, again."""
    case = access_case(public_id)
    there = on_their_way(case)
    may_answer = actor(request).may(May.ANSWER)
    shown = {"case": case, "on_their_way": there, "pending": changes_by_itself(there), "may_answer": may_answer}
    context = {"composer": shown}
    return render(request, "desk/answering/on_their_way_part.html", context)


@may(*_DOOR)
@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is not to go out after all."""
    found = actions.access_answer(public_id)
    actions.do_take_back(found, actor(request))
    messages.success(request, gettext("Taken back. The text stands in the draft again."))
    return redirect("desk:case", found.case.public_id)


@may(*_DOOR)
@require_POST
def otherwise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Reach this customer in another way with the same text."""
    found = actions.access_answer(public_id)
    actions.do_send_otherwise(found, request.POST.get("weg", ""), actor(request))
    messages.success(request, gettext("It goes the other way."))
    return redirect("desk:case", found.case.public_id)


@may(*_DOOR)
@require_POST
def settle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what became of a message of which nobody knew."""
    found = actions.access_answer(public_id)
    arrived = request.POST.get("uitkomst") == "aangekomen"
    actions.do_settle(found, arrived=arrived, actor=actor(request))
    messages.success(request, gettext("Noted."))
    return redirect("desk:case", found.case.public_id)


@may(*_DOOR, May.SEE_ANSWERS)
@require_safe
def from_book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Entries of the answer book that fit, in the form of the channel."""
    case, words = access_case(public_id), request.GET.get("q", "").strip()[:200]
    context = {"case": case, "words": words, "fits": found_in_book(last_voice(case), words)}
    part = bool(getattr(request, "htmx", False))
    return render(request, "desk/answering/from_book_part.html" if part else "desk/answering/from_book.html", context)


@may(*_DOOR)
@require_POST
def insert(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a text of the book beneath the draft."""
    case, text = access_case(public_id), request.POST.get("invoegen", "")
    there = draft_of(case)
    composer = composer_of(case, actor(request))
    do_keep_draft(
        case,
        text=f"{composer.text.rstrip()}\n\n{text}".strip(),
        subject=composer.subject,
        way=composer.chosen.value if composer.chosen else "",
        revision=there.revision if there else 0,
        actor=actor(request),
    )
    return redirect("desk:case", public_id)


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Refused(why=sentence("that is no answer of this case")) from None


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
