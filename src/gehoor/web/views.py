"""The few pages that belong to no room, and what is shown when something is wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import may, open_to_all
from gehoor.rooms.accounts.actions import do_choose_language
from gehoor.rooms.accounts.middleware import LANGUAGE_COOKIE
from gehoor.rooms.accounts.models import User
from gehoor.web import charts
from gehoor.web.errors import Problem, page

_YEAR = 365 * 24 * 3600


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language: remembered for the user who is signed in, and for this browser."""
    chosen, wanted = request.POST.get("language", ""), request.POST.get("next", "/")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if inside else "/")
    if chosen in dict(settings.LANGUAGES):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, samesite="Lax", httponly=True, secure=secure)
        if isinstance(request.user, User):
            do_choose_language(user=request.user, language=chosen)
    return response


@open_to_all
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Says that the web application answers."""
    return HttpResponse("ok", content_type="text/plain")


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@may()
@require_safe
def picture(request: HttpRequest, picture: str) -> HttpResponse:
    """A chart as a picture. Its address holds a hash and nothing else."""
    drawn = charts.draw(picture)
    if drawn is None:
        raise NotFound(what=sentence("picture"))
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=headers)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what the browser sent makes no sense."""
    return page(request, Problem.bad_request())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return page(request, Problem.forbidden())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page."""
    return page(request, Problem.no_such_page())


def broken(request: HttpRequest) -> HttpResponse:
    """500: our own mistake. Asks nothing of the database, which may be what is broken."""
    return page(request, Problem.broken(), plain=True)
