"""Users, for those who manage them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.actions import do_add_user, do_change_user
from gehoor.rooms.accounts.forms import NewUserForm, UserForm
from gehoor.rooms.accounts.links import invitation_link
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ROLE_NAMES, May, known_roles


def _access_user(public_id: UUID) -> User:
    user = User.objects.filter(public_id=public_id).first()
    if user is None:
        raise NotFound(what=sentence("user"))
    return user


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    link = request.build_absolute_uri(invitation_link(actor=actor(request), user=user))
    return render(request, "accounts/invite.html", {"invited": user, "link": link})


@may(May.MANAGE_USERS)
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everyone who may sign in, and who no longer may."""
    rows = [
        {"user": user, "roles": [ROLE_NAMES[role] for role in known_roles(user.roles)]}
        for user in User.objects.order_by("-is_active", "name")
    ]
    return render(request, "accounts/users.html", {"rows": rows})


@may(May.MANAGE_USERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_user(request: HttpRequest) -> HttpResponse:
    """Add someone, and get the link to pass on."""
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        try:
            return _show_link(request, do_add_user(actor=actor(request), **form.cleaned_data))
        except Refused as refused:
            form.add_error("email", gettext(str(refused.fields["why"])).capitalize() + ".")
    return render(request, "accounts/add_user.html", {"form": form}, status=422 if form.is_bound else 200)


@may(May.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_user(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change name and roles, let in or shut out."""
    user = _access_user(public_id)
    form = UserForm(request.POST or None, initial={"name": user.name, "roles": user.roles, "is_active": user.is_active})
    if form.is_valid():
        do_change_user(actor=actor(request), user=user, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("accounts:users")
    context = {"form": form, "changed": user}
    return render(request, "accounts/change_user.html", context, status=422 if form.is_bound else 200)


@may(May.MANAGE_USERS)
@never_cache
@require_POST
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new link, for who lost the first one or forgot the password."""
    return _show_link(request, _access_user(public_id))
