"""What a route declares that can be refused."""

from http import HTTPStatus
from typing import Any

REFUSES: dict[str, Any] = {
    "responses": {
        HTTPStatus.CONFLICT.value: {
            "description": HTTPStatus.CONFLICT.phrase,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    }
}
"""For ``openapi_extra`` of a route that only reads, and that the state of things can forbid all the same."""
