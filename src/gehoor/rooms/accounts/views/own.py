"""One's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.actions import do_choose_language, do_set_password
from gehoor.rooms.accounts.forms import ChangePasswordForm, LanguageForm
from gehoor.rooms.accounts.roles import ROLE_NAMES, known_roles


def _page(request: HttpRequest, password_form: ChangePasswordForm, status: int = 200) -> HttpResponse:
    user = actor(request)
    language_form = LanguageForm(initial={"language": user.language or settings.LANGUAGE_CODE})
    roles = [ROLE_NAMES[role] for role in known_roles(user.roles)]
    context = {"language_form": language_form, "password_form": password_form, "roles": roles}
    return render(request, "accounts/own.html", context, status=status)


@may()
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Who one is here, one's language and password."""
    return _page(request, ChangePasswordForm(user=actor(request)))


@may()
@require_POST
def own_language(request: HttpRequest) -> HttpResponse:
    """Choose one's own language."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        user = do_choose_language(user=actor(request), language=form.cleaned_data["language"])
        with override(user.language):
            messages.success(request, gettext("Language saved."))
    return redirect("accounts:own")


@may()
@sensitive_post_parameters("old_password", "new_password")
@require_POST
def own_password(request: HttpRequest) -> HttpResponse:
    """Choose another password."""
    user = actor(request)
    form = ChangePasswordForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, form, status=422)
    do_set_password(actor=user, user=user, password=form.cleaned_data["new_password"])
    update_session_auth_hash(request, user)
    messages.success(request, gettext("Password changed."))
    return redirect("accounts:own")
