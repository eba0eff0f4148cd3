"""The document of the interface, the page that explains it, and addresses that lead nowhere."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import open_to_all
from gehoor.rooms.accounts.routes import routers
from gehoor.rooms.accounts.scopes import scopes
from gehoor.web.api.bodies import Bodies
from gehoor.web.api.document import TOKEN, Document, Interface
from gehoor.web.api.problems import HANDLERS, STATUSES, NoSuchRoute, problem

ADDRESS = "/api/v1/"


def make_interface() -> Interface:
    """Every room's routes, with our errors."""
    made = Interface(
        title="Gehoor", version="1", openapi_url=None, docs_url=None, urls_namespace="api", parser=Bodies()
    )
    for kind, handler in HANDLERS:
        made.add_exception_handler(kind, handler)
    for router in routers().values():
        made.add_router("", router)
    return made


interface = make_interface()


@cache
def document() -> Document:
    """The OpenAPI document; the routes stand as long as the program runs."""
    return interface.get_openapi_schema(path_prefix=ADDRESS)


@open_to_all
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document for programs. It tells what there is to ask, and nothing of what was said."""
    return JsonResponse(document(), headers={"Cache-Control": "public, max-age=300"})


@open_to_all
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    errors = [(status.value, title) for _, status, title in STATUSES]
    context = {"routes": list(_routes()), "scopes": scopes(), "errors": sorted(set(errors)), "address": ADDRESS}
    return render(request, "api/overview.html", context)


def _routes() -> Iterator[dict[str, Any]]:
    for path, methods in document()["paths"].items():
        for method, route in methods.items():
            asked = [scope for way in route["security"] for scope in way.get(TOKEN, ())]
            yield {
                "method": method.upper(),
                "path": path,
                "summary": route["summary"],
                "scopes": asked,
                "parameters": [*(_parameter(each) for each in route["parameters"]), *_fields(route)],
            }


def _fields(route: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of the body that a route takes."""
    for content in route.get("requestBody", {}).get("content", {}).values():
        shape = content["schema"]
        if "$ref" in shape:
            shape = document()["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        for name, field in shape.get("properties", {}).items():
            yield _parameter({"name": name, "in": "body", "schema": field, "description": field.get("description", "")})


def _parameter(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": found["name"],
        "description": found.get("description", ""),
        "choices": [each for each in found["schema"].get("enum", ()) if each],
        "in_path": found["in"] == "path",
    }


@open_to_all
@csrf_exempt
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under which there is nothing."""
    return problem(NoSuchRoute())
