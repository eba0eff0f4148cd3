"""Writing: a new entry, a change or a proposal, how far it is, what came back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.access import access_answer, access_version, current
from gehoor.rooms.answers.book.actions import (
    Overtaken,
    do_add_answer,
    do_decline,
    do_propose,
    do_reopen,
    do_restore,
    do_reviewed,
    do_save,
    do_set_state,
    do_take_proposal,
)
from gehoor.rooms.answers.book.beginning import Begin, begin_with, do_take_along
from gehoor.rooms.answers.book.content import Content, content_of, tidy
from gehoor.rooms.answers.book.contradicting import forms_against
from gehoor.rooms.answers.book.forms import EntryForm, ReviewedForm, in_a_year, written
from gehoor.rooms.answers.book.merging import FIELD_NAMES, merge
from gehoor.rooms.answers.book.rules import may_change
from gehoor.rooms.answers.book.showing import differences, owners_of
from gehoor.rooms.answers.models import Answer, State, Version

_SAID = {
    State.VALIDATED: sentence("Validated."),
    State.NOT_VALIDATED: sentence("It waits to be validated."),
    State.WORK_IN_PROGRESS: sentence("It is being worked on."),
    State.ARCHIVED: sentence("Archived. Nobody finds it any more."),
}


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new entry: from nothing, from a need (``?behoefte=``), or from what somebody asked (``?stem=``, or ``?vraag=``
    in its words)."""
    begin = begin_with(
        need=_id(request.GET, "behoefte"), voice=_id(request.GET, "stem"), question=request.GET.get("vraag", "")
    )
    first = Content(begin.question, "", state=State.WORK_IN_PROGRESS, owner=actor(request).pk, review_on=in_a_year())
    form = EntryForm(request.POST or None, initial=written(first, None), writer=actor(request))
    if form.is_valid():
        try:
            made = do_add_answer(content=form.content(), actor=actor(request), needs=begin.needs)
        except Refused as refused:
            form.add_error(None, _why(refused))
        else:
            do_take_along(answer=made, begin=begin, chosen=request.POST.getlist("asked"), actor=actor(request))
            messages.success(request, gettext("It stands in the book."))
            _warn(request, form.content())
            return redirect("answers:answer", made.public_id)
    context = {"form": form, "begin": begin, "chosen": _chosen(request, begin)}
    return render(request, "answers/book/write.html", context, status=422 if form.is_bound else 200)


def _chosen(request: HttpRequest, begin: Begin) -> list[str]:
    return request.POST.getlist("asked") if request.method == "POST" else [each.key for each in begin.asked]


def _id(query: QueryDict, name: str) -> UUID | None:
    given = query.get(name, "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise NotFound(what=sentence("page")) from None


def _why(refused: Refused) -> str:
    if isinstance(refused, Overtaken):
        return gettext(Overtaken.text)
    why = gettext(str(refused.fields["why"]))
    return f"{why[:1].upper()}{why[1:]}."


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change an entry; who may not, proposes another text."""
    answer = access_answer(public_id)
    now = current(answer)
    holds_at_once = may_change(actor(request), answer)
    first = written(content_of(now), now.number)
    if not holds_at_once:
        first["state"] = State.NOT_VALIDATED
    form = EntryForm(request.POST or None, initial=first, writer=actor(request), state=now.state)
    context = {"form": form, "answer": answer, "version": now, "proposing": not holds_at_once}
    if not form.is_valid():
        return render(request, "answers/book/write.html", context, status=422 if form.is_bound else 200)
    why = form.cleaned_data["why"]
    try:
        if not holds_at_once:
            do_propose(answer=answer, content=form.content(), actor=actor(request), why=why)
            messages.success(request, gettext("Proposed. Who keeps the book will look at it."))
            _warn(request, form.content())
            return redirect("answers:answer", answer.public_id)
        based_on = form.cleaned_data["based_on"] or 0
        made = do_save(answer=answer, content=form.content(), based_on=based_on, actor=actor(request), why=why)
    except Overtaken:
        return _overtaken(request, context, form)
    except Refused as refused:
        form.add_error(None, _why(refused))
        return render(request, "answers/book/write.html", context, status=422)
    return _saved(request, answer, now, made)


def _saved(request: HttpRequest, answer: Answer, before: Version, made: Version) -> HttpResponse:
    if made.pk == before.pk:
        messages.info(request, gettext("Nothing was otherwise, so nothing was saved."))
    else:
        undo = reverse("answers:restore", args=[before.public_id])
        messages.success(request, gettext("Saved."), extra_tags=f"undo:{undo}")
        _warn(request, content_of(made))
    return redirect("answers:answer", answer.public_id)


def _warn(request: HttpRequest, content: Content) -> None:
    """Say which forms contradict the answer that was saved with them."""
    for each in forms_against(content, (get_language() or "nl")[:2]):
        said = gettext("%(form)s it says “%(form_says)s”, and the answer says “%(answer_says)s”.")
        says = {"form": each.name, "form_says": each.form_says, "answer_says": each.answer_says}
        messages.warning(request, said % says)


def _overtaken(request: HttpRequest, context: dict[str, Any], form: EntryForm) -> HttpResponse:
    """Show what the other changed, with both texts laid together in the form."""
    answer = access_answer(context["answer"].public_id)
    now = current(answer)
    base = answer.versions.filter(number=form.cleaned_data["based_on"] or 0).first()
    mine, other = tidy(form.content()), content_of(now)
    merged = merge(content_of(base) if base is not None else other, mine, other)
    again = EntryForm(
        initial={**written(merged.content, now.number), "why": form.cleaned_data["why"]},
        writer=actor(request),
        state=now.state,
    )
    before = content_of(base) if base is not None else other
    more = {
        "form": again,
        "version": now,
        "overtaken": differences(before, other, owners_of(before, other)),
        "both": [FIELD_NAMES.get(name, "") for name in merged.both if name in FIELD_NAMES],
        "mine_against_theirs": differences(other, merged.content, owners_of(other, merged.content)),
    }
    return render(request, "answers/book/write.html", {**context, **more}, status=409)


def _done(request: HttpRequest, said: str, answer: Answer, undo: str) -> HttpResponse:
    """Say on the page of the entry what was done; ``undo`` is the address that takes it back."""
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("answers:answer", answer.public_id)


def _back_to(version: Version) -> str:
    """The address at which this version holds again."""
    return reverse("answers:restore", args=[version.public_id])


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def state(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is."""
    answer = access_answer(public_id)
    undo = _back_to(current(answer))
    wanted = request.POST.get("state", "")
    if wanted not in State.values:
        raise Refused(why=sentence("there is no such state or audience"))
    do_set_state(answer=answer, state=wanted, actor=actor(request))
    return _done(request, gettext(_SAID[State(wanted)]), answer, undo)


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an earlier version said holds again."""
    version = access_version(public_id)
    undo = _back_to(current(version.answer))
    do_restore(version=version, actor=actor(request))
    return _done(request, gettext("It is as it was."), version.answer, undo)


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def take_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was proposed holds from now on."""
    proposal = access_version(public_id)
    undo = _back_to(current(proposal.answer))
    do_take_proposal(proposal=proposal, actor=actor(request))
    return _done(request, gettext("Taken over."), proposal.answer, undo)


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is not taken over."""
    proposal = access_version(public_id)
    do_decline(proposal=proposal, actor=actor(request))
    return _done(request, gettext("Declined."), proposal.answer, reverse("answers:reopen", args=[proposal.public_id]))


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A proposal waits again."""
    proposal = access_version(public_id)
    do_reopen(proposal=proposal, actor=actor(request))
    messages.success(request, gettext("It waits again."))
    return redirect("answers:version", proposal.public_id)


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def reviewed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Looked at: it still holds."""
    answer = access_answer(public_id)
    form = ReviewedForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("That is no day."))
        return redirect("answers:answer", answer.public_id)
    before = current(answer)
    why = gettext("Looked at; it still holds.")
    do_reviewed(answer=answer, review_on=form.cleaned_data["review_on"], actor=actor(request), why=why)
    undo = reverse("answers:restore", args=[before.public_id])
    messages.success(request, gettext("Noted that it still holds."), extra_tags=f"undo:{undo}")
    return redirect("answers:review")
