"""The letters that wait: printing them, and saying that they are in the post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering.letters import do_post_letters, do_print_letters, printed, stack, waiting

_DOOR = (May.SEE_DESK, May.SEE_PEOPLE, May.ANSWER)


@may(*_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """What waits to be printed and posted."""
    if request.method == "POST":
        if "gepost" in request.POST:
            do_post_letters(actor(request))
            messages.success(request, gettext("These customers have their answer."))
        else:
            do_print_letters(actor(request))
            messages.success(request, gettext("Print them, and say it when they are in the post."))
        return redirect("desk:letters")
    context = {"waiting": waiting()[:250], "printed": printed()[:250]}
    return render(request, "desk/answering/letters.html", context)


@may(*_DOOR)
@require_safe
def letter_stack(request: HttpRequest) -> HttpResponse:
    """The letters that were taken to be printed, as one document."""
    response = HttpResponse(stack(), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="antwoorden.pdf"'
    return response
