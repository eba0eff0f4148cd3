"""What is read of the body of a request: a JSON object, and nothing else."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class Bodies(Parser):
    """Every route that takes a body takes an object; anything else would pass for one in which all is left out."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The object. Raises ValueError for what is none, or no JSON."""
        read = json.loads(request.body)
        if not isinstance(read, dict):
            raise ValueError("no JSON object")
        return read
