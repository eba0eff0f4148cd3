"""The OpenAPI document: what the rooms declare, with what holds for every route."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from gehoor.rooms.accounts.interface.door import Door
from gehoor.web.api.problems import MEDIA_TYPE, Problem

TOKEN, SESSION = "token", "browser"
_ALWAYS = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
)


def _problem(status: HTTPStatus) -> dict[str, Any]:
    schema = {"$ref": REF_TEMPLATE.format(model="Problem")}
    return {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": schema}}}


class Document(OpenAPISchema):
    """OpenAPI 3.1 of everything under one address."""

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        """What the route declares, and the problems that any route can answer with."""
        also = [HTTPStatus.CONFLICT] if set(operation.methods) - {"GET"} else []
        problems = {status.value: _problem(status) for status in (*_ALWAYS, *also)}
        return {**super().responses(operation), **problems}

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """A token with these scopes, or a browser in which someone is signed in."""
        doors = [door for door in operation.auth_callbacks if isinstance(door, Door)]
        return [{TOKEN: list(door.scopes)} for door in doors] + [{SESSION: []} for _ in doors]

    def get_components(self) -> dict[str, Any]:
        """The shapes that routes share, the problem, and the two ways in."""
        shape = Problem.model_json_schema(ref_template=REF_TEMPLATE)
        self.add_schema_definitions(shape.pop("$defs", {}))
        self.add_schema_definitions({"Problem": shape})
        ways = {
            TOKEN: {"type": "http", "scheme": "bearer"},
            SESSION: {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
        return {"schemas": self.schemas, "securitySchemes": ways}


class Interface(NinjaAPI):
    """The interface, with our own document."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Document:
        """The document; ``path_prefix`` is the address under which the routes stand."""
        return Document(self, path_prefix or "")
