"""The one question, behind a link that works once."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotFound, Refused
from gehoor.rooms.accounts.throttle import Throttle, network_of
from gehoor.rooms.desk.models import Invitation
from gehoor.rooms.desk.talking.forms import QuestionForm
from gehoor.rooms.desk.talking.guarding import for_customers, sorry
from gehoor.rooms.desk.talking.inviting import access_invitation, do_answer_question, do_decline, is_over
from gehoor.rooms.public.showing import show

guesses = Throttle(tries=30)
"""Links that we did not make, by address."""


@for_customers()
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Say how it went; looking changes nothing, since mail scanners open every link."""
    found = _found(request, token)
    if isinstance(found, HttpResponse):
        return found
    form = QuestionForm(request.POST) if request.method == "POST" else QuestionForm()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            do_answer_question(invitation=found, text=said["text"], score=said["score"], key=form.key)
        except Refused:
            return _over(request)
        return show(request, "desk/talking/question_sent.html")
    if is_over(found):
        return _over(request)
    context = {"form": form, "ticket": form.ticket_to_show(), "token": token}
    return show(request, "desk/talking/question.html", context, status=422 if form.is_bound else 200)


@for_customers()
@require_POST
def never_again(request: HttpRequest, token: str) -> HttpResponse:
    """Do not ask me this again."""
    found = _found(request, token)
    if isinstance(found, HttpResponse):
        return found
    do_decline(invitation=found)
    return show(request, "desk/talking/question_declined.html")


def _found(request: HttpRequest, token: str) -> Invitation | HttpResponse:
    key = network_of(request.META.get("REMOTE_ADDR", ""))
    if guesses.wait(key):
        said = gettext("Links that do not work were opened many times from here. Try again in a quarter of an hour.")
        return sorry(request, said, 429)
    try:
        return access_invitation(token[:200])
    except NotFound:
        guesses.failed(key)
        return sorry(request, gettext("This link does not work any more, or part of it got lost on the way."), 404)


def _over(request: HttpRequest) -> HttpResponse:
    return show(request, "desk/talking/question_over.html", status=410)
