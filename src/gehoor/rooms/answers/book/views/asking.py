"""Ways to ask it, and the needs that it answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.access import access_answer, access_phrasing
from gehoor.rooms.answers.book.actions import do_link_need, do_unlink_need
from gehoor.rooms.answers.book.beginning import asked_in
from gehoor.rooms.answers.book.forms import PhrasingForm
from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.book.phrasing import do_add_phrasing, do_remove_phrasing, do_restore_phrasing
from gehoor.rooms.answers.book.rows import row_of
from gehoor.rooms.needs.decisions import access_need
from gehoor.rooms.voices.actions import access_voice

_FOUND = 8


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def add_phrasing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more way to ask it."""
    answer = access_answer(public_id)
    form = PhrasingForm(request.POST)
    if form.is_valid():
        made = do_add_phrasing(answer=answer, text=form.cleaned_data["text"], actor=actor(request))
        undo = reverse("answers:remove_phrasing", args=[made.public_id])
        messages.success(request, gettext("It is found by this too."), extra_tags=f"undo:{undo}")
    else:
        messages.error(request, gettext("Write one question, of at most 1,000 characters."))
    return redirect(reverse("answers:answer", args=[answer.public_id]) + "#asked")


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def remove_phrasing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is found by this no more."""
    phrasing = access_phrasing(public_id)
    do_remove_phrasing(phrasing=phrasing, actor=actor(request))
    undo = reverse("answers:restore_phrasing", args=[phrasing.public_id])
    messages.success(request, gettext("Removed."), extra_tags=f"undo:{undo}")
    return redirect(reverse("answers:answer", args=[phrasing.answer.public_id]) + "#asked")


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def restore_phrasing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It counts again."""
    phrasing = access_phrasing(public_id)
    do_restore_phrasing(phrasing=phrasing, actor=actor(request))
    messages.success(request, gettext("It is back."))
    return redirect(reverse("answers:answer", args=[phrasing.answer.public_id]) + "#asked")


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS, May.SEE_VOICES)
@require_http_methods(["GET", "HEAD", "POST"])
def from_voice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a voice asks, passage by passage, as one more way to ask an entry; or as a new entry."""
    voice = access_voice(public_id)
    asked = asked_in(voice)
    if request.method == "POST":
        answer = access_answer(_uuid(request.POST.get("answer", "")))
        chosen = next((each for each in asked if each.key == request.POST.get("asked", "")), None)
        if chosen is None:
            messages.error(request, gettext("This passage is no longer there."))
            return redirect("answers:from_voice", voice.public_id)
        made = do_add_phrasing(answer=answer, text=chosen.text, voice=voice, actor=actor(request))
        undo = reverse("answers:remove_phrasing", args=[made.public_id])
        messages.success(request, gettext("It is found by this too."), extra_tags=f"undo:{undo}")
        return redirect(reverse("answers:answer", args=[answer.public_id]) + "#asked")
    passages = [
        {"asked": each, "hits": [row_of(hit.answer) for hit in find_answers(each.text, _FOUND // 2)]} for each in asked
    ]
    return render(request, "answers/book/from_voice.html", {"voice": voice, "passages": passages})


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        return UUID(int=0)


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS, May.SEE_NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, need: UUID) -> HttpResponse:
    """Choose the entry that answers a need."""
    found = access_need(need)
    if request.method == "POST":
        answer = access_answer(_uuid(request.POST.get("answer", "")))
        do_link_need(answer=answer, need=found.public_id, actor=actor(request))
        undo = reverse("answers:unlink", args=[answer.public_id, found.public_id])
        messages.success(request, gettext("Linked."), extra_tags=f"undo:{undo}")
        return redirect("needs:need", found.public_id)
    query = request.GET.get("q", "").strip()[:500] or str(found)
    hits = [row_of(hit.answer) for hit in find_answers(query, _FOUND)]
    return render(request, "answers/book/link.html", {"need": found, "query": query, "hits": hits})


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def unlink(request: HttpRequest, public_id: UUID, need: UUID) -> HttpResponse:
    """This need has nothing to do with it."""
    answer = access_answer(public_id)
    do_unlink_need(answer=answer, need=need, actor=actor(request))
    messages.success(request, gettext("This need is no longer linked to it."))
    return redirect("answers:answer", answer.public_id)
