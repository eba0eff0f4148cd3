"""Signing in and out, and the links that let someone in for the first time."""

import math
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.accounts.access import open_to_all
from gehoor.rooms.accounts.actions import do_make_first_user, do_set_password
from gehoor.rooms.accounts.example import example_users
from gehoor.rooms.accounts.forms import ChoosePasswordForm, SignInForm, WelcomeForm
from gehoor.rooms.accounts.links import access_invited, check_welcome
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.throttle import network_of, sign_in_throttle

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _onward(request: HttpRequest) -> str:
    """Where to go after signing in: back to the page that was asked for, when that is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


def _try_to_sign_in(request: HttpRequest, form: SignInForm) -> User | None:
    """The user, or None with the reason in the form. Too many failures make one wait, right password or not."""
    email = form.cleaned_data["email"].lower()
    keys = (f"address {network_of(request.META.get('REMOTE_ADDR', ''))}", f"email {email}")
    if wait := sign_in_throttle.wait(*keys):
        minutes = math.ceil(wait / 60)
        form.add_error(
            None,
            ngettext(
                "Too many tries. Try again in %(minutes)s minute.",
                "Too many tries. Try again in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes},
        )
        return None
    user = authenticate(request, username=email, password=form.cleaned_data["password"])
    if not isinstance(user, User):
        sign_in_throttle.failed(*keys)
        form.add_error(None, gettext("This e-mail address and password do not belong together."))
        return None
    sign_in_throttle.succeeded(keys[1])
    return user


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; in the example organisation also one button for each of its users."""
    if request.user.is_authenticated:
        return redirect(_onward(request))
    form = SignInForm(request.POST or None)
    if form.is_valid() and (user := _try_to_sign_in(request, form)):
        login(request, user)
        return redirect(_onward(request))
    return render(
        request,
        "accounts/sign_in.html",
        {
            "form": form,
            "next": _onward(request),
            "example_users": example_users(request),
            "nobody_yet": not User.objects.exists(),
        },
        status=200 if request.method != "POST" else 403,
    )


@open_to_all
@require_POST
def look_along(request: HttpRequest) -> HttpResponse:
    """Be one of the example's users, without a password; nowhere but in the example on this machine."""
    wanted = request.POST.get("user", "")
    user = next((user for user in example_users(request) if str(user.public_id) == wanted), None)
    if user is None:
        raise NotAllowed()
    login(request, user, backend=_BACKEND)
    return redirect(_onward(request))


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@open_to_all
@never_cache
@sensitive_post_parameters("new_password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first administrator."""
    check_welcome(token)
    form = WelcomeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        user = do_make_first_user(email=given["email"], name=given["name"], password=given["new_password"])
        login(request, user, backend=_BACKEND)
        return redirect("/")
    return render(request, "accounts/welcome.html", {"form": form})


@open_to_all
@never_cache
@sensitive_post_parameters("new_password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, public_id: UUID, token: str) -> HttpResponse:
    """Choose a password, and be let in."""
    user = access_invited(public_id, token)
    form = ChoosePasswordForm(request.POST or None, user=user)
    if form.is_valid():
        do_set_password(actor=user, user=user, password=form.cleaned_data["new_password"])
        login(request, user, backend=_BACKEND)
        return redirect("/")
    return render(request, "accounts/invitation.html", {"form": form, "invited": user})
