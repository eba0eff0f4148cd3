"""How we answer, as an administrator sets it."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering.manners import MOST_MONTHS, current_manners, do_set_manners
from gehoor.rooms.desk.models import Receipt, Unsaid
from gehoor.rooms.desk.talking.inviting import asked
from gehoor.rooms.desk.talking.opened import is_open

UNSAID_NAMES: Mapping[str, str] = {
    "": sentence("said that it came in"),
    Unsaid.OLD: sentence("not said: it came too long ago"),
    Unsaid.NOT_FIRST: sentence("not said: it goes on from something that is known"),
    Unsaid.NO_ADDRESS: sentence("not said: no address"),
    Unsaid.MACHINE: sentence("not said: a machine or a list sent it"),
    Unsaid.OURS: sentence("not said: our own address"),
    Unsaid.UNWANTED: sentence("not said: this customer wants no mail, or it is spam"),
    Unsaid.RECENTLY: sentence("not said: the same address heard it within a day"),
    Unsaid.TOO_MANY: sentence("not said: too many at once"),
    Unsaid.ANSWERED: sentence("not said: it was answered already"),
}
_WEEK = timedelta(days=7)


class MannersForm(forms.Form):
    """The settings of answering."""

    undo_seconds = forms.IntegerField(
        label=gettext_lazy("Seconds in which an answer can be taken back"), min_value=0, max_value=600
    )
    acknowledge = forms.BooleanField(
        label=gettext_lazy("Say at once that a mail or contact form came in, and by when they hear from us"),
        required=False,
    )
    per_minute = forms.IntegerField(label=gettext_lazy("At most so many of these a minute"), min_value=1, max_value=600)
    ask = forms.BooleanField(
        label=gettext_lazy("Ask whether it helped, with a link in the mail that solves a case"), required=False
    )
    ask_months = forms.IntegerField(
        label=gettext_lazy("Ask the same customer at most once in so many months"), min_value=1, max_value=MOST_MONTHS
    )


@may(May.SET_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def manners(request: HttpRequest) -> HttpResponse:
    """See and set them."""
    current = current_manners()
    initial: dict[str, Any] = {name: getattr(current, name) for name in MannersForm.base_fields}
    form = MannersForm(request.POST or None, initial=initial)
    if form.is_valid():
        do_set_manners(**form.cleaned_data, actor=actor(request))
        messages.success(request, gettext("Saved."))
        return redirect("desk:manners")
    context = {
        "form": form,
        "counts": _counts(),
        "asked": asked(),
        "question_is_open": is_open("survey"),
        "public_address": settings.PUBLIC_ADDRESS,
    }
    return render(request, "desk/answering/manners.html", context, status=422 if form.is_bound else 200)


def _counts() -> list[tuple[str, int]]:
    found = Counter(Receipt.objects.filter(at__gte=now() - _WEEK).values_list("unsaid", flat=True))
    return [(name, found[unsaid]) for unsaid, name in UNSAID_NAMES.items() if found[unsaid]]
