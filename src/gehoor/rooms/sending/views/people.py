"""What people decide about one delivery: did it arrive, send it again, or reach this person in another way."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.sending.forms import WayForm
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.sending.progress import deliveries
from gehoor.rooms.sending.replanning import do_replan, ways
from gehoor.rooms.sending.runs import access_run
from gehoor.rooms.sending.settling import do_say_arrived, do_send_again


def _delivery(run_id: UUID, public_id: UUID) -> Delivery:
    found = deliveries(access_run(run_id)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("customer in this run"))
    return found


@may(May.TELL, May.SEE_PEOPLE)
@require_POST
def arrived(request: HttpRequest, run_id: UUID, public_id: UUID) -> HttpResponse:
    """An unsure message did arrive."""
    try:
        do_say_arrived(actor=actor(request), delivery=_delivery(run_id, public_id))
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, gettext("This customer counts as told."))
    return redirect("sending:run", public_id=run_id)


@may(May.TELL, May.SEE_PEOPLE)
@require_POST
def again(request: HttpRequest, run_id: UUID, public_id: UUID) -> HttpResponse:
    """An unsure message did not arrive: send it again."""
    try:
        do_send_again(actor=actor(request), delivery=_delivery(run_id, public_id))
    except Refused as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, gettext("It is sent again."))
    return redirect("sending:run", public_id=run_id)


@may(May.TELL, May.SEE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def otherwise(request: HttpRequest, run_id: UUID, public_id: UUID) -> HttpResponse:
    """Choose another way for one person."""
    found = _delivery(run_id, public_id)
    known = ways(found)
    form = WayForm(known, request.POST or None)
    if form.is_valid():
        try:
            do_replan(actor=actor(request), delivery=found, choice=form.cleaned_data["choice"])
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, gettext("Kept. It goes out in this way."))
            return redirect("sending:run", public_id=run_id)
    context = {"run": found.run, "delivery": found, "form": form, "free": [each for each in known if not each.refused]}
    context["refused"] = [each for each in known if each.refused]
    return render(request, "sending/otherwise.html", context, status=422 if form.is_bound else 200)
