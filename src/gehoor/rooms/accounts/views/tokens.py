"""Tokens for programs: one's own, and those of everyone for who manages users."""

from uuid import UUID

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.forms import TokenForm
from gehoor.rooms.accounts.models import ApiToken
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.accounts.tokens import access_token, do_end_token, do_make_token


def _listed(found: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    return found.select_related("user").order_by(F("ended_at").desc(nulls_first=True), "-made_at")


@may()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a form for another; made, it is shown this once."""
    user = actor(request)
    form = TokenForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            token, text = do_make_token(actor=user, user=user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, said(refused))
        else:
            return render(request, "accounts/token_made.html", {"token": token, "text": text})
    context = {"form": form, "tokens": _listed(user.tokens.all())}
    return render(request, "accounts/tokens.html", context, status=422 if form.is_bound else 200)


@may(May.MANAGE_USERS)
@require_safe
def all_tokens(request: HttpRequest) -> HttpResponse:
    """Everyone's tokens."""
    return render(request, "accounts/all_tokens.html", {"tokens": _listed(ApiToken.objects.all())})


@may()
@require_POST
def end_token(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a token for good."""
    token = do_end_token(actor=actor(request), token=access_token(public_id, actor(request)))
    messages.success(request, gettext("“%(name)s” no longer lets anything in.") % {"name": token.name})
    return redirect("accounts:tokens" if token.user_id == actor(request).pk else "accounts:all_tokens")
