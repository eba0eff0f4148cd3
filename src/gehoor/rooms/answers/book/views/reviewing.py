"""What to look at again, and whether customers may read the book."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.actions import do_open_book
from gehoor.rooms.answers.book.forms import in_a_year
from gehoor.rooms.answers.book.review import to_review, waiting_to_validate
from gehoor.rooms.answers.book.rows import row_of

_A_PAGE = 30


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Each entry with the reasons, and one next step."""
    found = to_review(actor(request).pk)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            **row_of(each.answer),
            "reasons": each.reasons,
            "step": each.reasons[0],
            "may_hold": not all(why.stays for why in each.reasons),
        }
        for each in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "all": len(found),
        "to_validate": waiting_to_validate(),
        "in_a_year": in_a_year(),
    }
    return render(request, "answers/book/review.html", context)


@may(May.SEE_ANSWERS, May.EDIT_ANSWERS)
@require_POST
def open_book(request: HttpRequest) -> HttpResponse:
    """Let customers read what is meant for them, or no longer."""
    is_open = request.POST.get("open") == "yes"
    do_open_book(is_open=is_open, actor=actor(request))
    said = gettext("Customers can read it now.") if is_open else gettext("Customers can no longer read it.")
    messages.success(request, said)
    return redirect("answers:book")
