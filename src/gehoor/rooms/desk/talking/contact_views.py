"""The contact form, and what stands there once it was sent."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.desk.talking.attaching import LARGEST
from gehoor.rooms.desk.talking.contact import Said, do_hear_contact
from gehoor.rooms.desk.talking.forms import ContactForm
from gehoor.rooms.desk.talking.guarding import for_customers, too_many
from gehoor.rooms.desk.talking.saying import expected_in_words
from gehoor.rooms.public.showing import in_language, show

_SALT = "gehoor.desk.sent"
_DAY = 24 * 3600

sent_from = Throttle(tries=20)
"""Forms that were sent, by address."""


@for_customers("form", largest=LARGEST + 500_000)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write to us."""
    form = ContactForm(request.POST, request.FILES) if request.method == "POST" else ContactForm()
    if not form.is_bound:
        return show(request, "desk/talking/contact.html", _around(form))
    if not form.is_valid():
        return show(request, "desk/talking/contact.html", _around(form), status=422)
    if too_many(request, sent_from):
        form.add_error(None, gettext("A lot was sent from here already. Try again in a quarter of an hour."))
        return show(request, "desk/talking/contact.html", _around(form), status=429)
    said = form.cleaned_data
    told = Said(said["text"], said["name"], said["reach"], said["file"], get_language() or "nl")
    do_hear_contact(said=told, key=form.key)
    kind = said["reach"].kind if said["reach"] else ""
    receipt = signing.dumps({"by": expected_in_words("form") if kind else "", "kind": kind}, salt=_SALT)
    return redirect(in_language(reverse("talking:contact_sent", args=[receipt]), get_language() or "nl"))


def _around(form: ContactForm) -> dict[str, Any]:
    return {"form": form, "ticket": form.ticket_to_show(), "expected": expected_in_words("form")}


@for_customers("form")
@require_safe
def sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """It came in, and when they will hear from us. Nothing of who sent it stands in the address."""
    try:
        kept: dict[str, str] = signing.loads(receipt, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return redirect("talking:contact")
    return show(request, "desk/talking/contact_sent.html", {"kind": kept["kind"], "by": kept["by"]})
