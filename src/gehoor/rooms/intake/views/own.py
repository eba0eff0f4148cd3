"""Who we are: what the organisation itself sends is a reply or a broadcast, never a voice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.forms import OwnForm
from gehoor.rooms.intake.models import OwnIdentity
from gehoor.rooms.intake.own import DOMAIN, do_add_own, do_remove_own
from gehoor.rooms.intake.views.places import places

KIND_NAMES = {
    "email": sentence("E-mail address"),
    DOMAIN: sentence("Mail domain"),
    "phone": sentence("Telephone number"),
    "handle": sentence("Account name"),
    "customer_number": sentence("Customer number"),
}


@may(May.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Our own addresses, numbers and handles."""
    form = OwnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            do_add_own(value=form.cleaned_data["value"], actor=actor(request))
        except Refused as refused:
            form.add_error("value", gettext(str(refused.fields["why"])).capitalize() + ".")
        else:
            messages.success(request, gettext("Added. It counts for what comes in from now on."))
            return redirect("intake:own")
    rows = [(each, KIND_NAMES.get(each.kind, each.kind)) for each in OwnIdentity.objects.order_by("kind", "value")]
    context = {"form": form, "places": places(request), "rows": rows}
    return render(request, "intake/own.html", context, status=422 if form.is_bound else 200)


@may(May.TAKE_IN)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer ours."""
    identity = OwnIdentity.objects.filter(pk=pk).first()
    if identity is None:
        raise NotFound(what=sentence("address"))
    do_remove_own(identity=identity, actor=actor(request))
    messages.success(request, gettext("Removed. It counts for what comes in from now on."))
    return redirect("intake:own")
