"""Given answers: where they clash, one question with its answers side by side, what people say of it, putting right."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.given.beginning import do_begin_entry
from gehoor.rooms.answers.given.forms import BookWrongForm, PeriodForm, WordingForm
from gehoor.rooms.answers.given.judging import VERDICTS
from gehoor.rooms.answers.given.righting import circle, do_put_right, recipients
from gehoor.rooms.answers.given.ruling import (
    RULINGS,
    access_given,
    access_question,
    access_ruling,
    do_rule,
    do_say_book_is_wrong,
    do_undo_ruling,
)
from gehoor.rooms.answers.given.saying import standing
from gehoor.rooms.answers.given.showing import context_of, listed, overview
from gehoor.rooms.answers.given.staging import waiting
from gehoor.rooms.answers.given.wording import proposal
from gehoor.rooms.answers.models import Question

_A_PAGE = 20


@may(May.SEE_ANSWERS, May.SEE_VOICES)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question that several people asked: where our answers clash first."""
    form = PeriodForm(request.GET or None)
    period = form.period()
    verdict = request.GET.get("verdict", "")
    found = overview(period, verdict if verdict in VERDICTS else "")
    page = Paginator(found.questions, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "period": period,
        "overview": found,
        "page": page,
        "rows": listed(page, period),
        "verdicts": VERDICTS,
        "verdict": verdict,
        "waiting": waiting(),
    }
    return render(request, "answers/given/questions.html", context)


@may(May.SEE_ANSWERS, May.SEE_VOICES)
@require_safe
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question, and what everyone who asked it was told."""
    form = PeriodForm(request.GET or None)
    found = access_question(public_id)
    context = {
        **context_of(found, form.period(), actor(request)),
        "form": form,
        "period": form.period(),
        "verdicts": VERDICTS,
        "choices": RULINGS,
        "wrong_form": BookWrongForm(),
    }
    return render(request, "answers/given/question.html", context)


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def rule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how two groups of answers stand to each other."""
    found = access_question(public_id)
    one = access_given(found, request.POST.get("one", ""))
    other = access_given(found, request.POST.get("other", ""))
    ruling = do_rule(one=one, other=other, verdict=request.POST.get("verdict", ""), actor=actor(request))
    undo = reverse("answers:undo_ruling", args=[ruling.public_id])
    messages.success(request, gettext("Noted: {what}.").format(what=gettext(RULINGS[ruling.verdict])), f"undo:{undo}")
    return _back(other.question_id)


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def undo_ruling(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It was not so after all."""
    ruling = access_ruling(public_id)
    do_undo_ruling(ruling=ruling, actor=actor(request))
    messages.success(request, gettext("Undone."))
    return _back(ruling.other.question_id if ruling.other else ruling.one.question_id)


def _back(pk: int | None) -> HttpResponse:
    found = Question.objects.filter(pk=pk).first() if pk is not None else None
    return redirect("answers:given") if found is None else redirect("answers:question", found.public_id)


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def begin_entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make an answer of the book of what some were told."""
    found = access_question(public_id)
    one = access_given(found, request.POST.get("one", ""))
    made = do_begin_entry(question=found, one=one, actor=actor(request))
    messages.success(request, gettext("The answer book has a beginning. Look at every word of it before it is used."))
    return redirect("answers:edit", made.public_id)


@may(May.SEE_ANSWERS, May.PROPOSE_ANSWERS)
@require_POST
def book_is_wrong(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell the owner of the entry that it is not right."""
    found = access_question(public_id)
    form = BookWrongForm(request.POST)
    if form.is_valid():
        do_say_book_is_wrong(question=found, why=form.cleaned_data["why"], actor=actor(request))
        messages.success(request, gettext("The owner of the answer gets to see it."))
    else:
        messages.error(request, gettext("Say what is not right about it."))
    return redirect("answers:question", found.public_id)


@may(May.SEE_ANSWERS, May.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def put_right(request: HttpRequest, public_id: UUID, group: int) -> HttpResponse:
    """Word what people who were told something wrong are told after all. Nothing goes out yet."""
    found = access_question(public_id)
    wrong = circle(found).left.get(group, ())
    entry = found.answer.current if found.answer else None
    shown = [each for each in found.groups if each["number"] == group]
    if not shown:
        raise NotFound(what=sentence("group of answers"))
    known = standing([found])
    says = {language: known.says(shown[0], language) if shown[0]["facts"] else "" for language in ("nl", "en")}
    first = proposal(
        question=entry.question if entry else "",
        says=says,
        right=entry.text if entry else "",
        moments=[each.at for each in wrong],
    )
    form = WordingForm(request.POST or None, initial=first)
    people = recipients(wrong)
    told = set(request.POST.getlist("told"))
    left_out = [each.person.pk for each in people if form.is_bound and str(each.person.public_id) not in told]
    if form.is_valid():
        try:
            righting = do_put_right(
                question=found, group=group, texts=form.texts(), actor=actor(request), left_out=left_out
            )
        except Refused as refused:
            form.add_error(None, str(gettext(str(refused.fields["why"]))))
        else:
            return redirect("sending:run", righting.run.public_id)
    context = {
        "form": form,
        "question": found,
        "says": says,
        "recipients": [(each, each.person.pk not in left_out) for each in people],
        "people": len(people),
        "may_see_people": actor(request).may(May.SEE_PEOPLE),
    }
    return render(request, "answers/given/put_right.html", context, status=422 if form.is_bound else 200)
