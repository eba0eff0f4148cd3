"""A program that asks the desk's routes, with a token of someone."""

import json

from django.test import Client
from tests.api.conftest import bearer, token_of

API = "/api/v1/desk/"


class Program:
    """Asks as ``user``, with a token made for ``scopes``, or for all that the user may."""

    def __init__(self, user, *scopes):
        self.user = user
        self.headers = bearer(token_of(user, *scopes)[1])

    def _ask(self, method, path, body=None, **more):
        data = body if isinstance(body, (str, bytes)) else json.dumps(body if body is not None else {})
        client = Client(raise_request_exception=False)
        return client.generic(method, f"{API}{path}", data, "application/json", **self.headers, **more)

    def get(self, path, **query):
        client = Client(raise_request_exception=False)
        return client.get(f"{API}{path}", query, **self.headers)

    def post(self, path, **body):
        return self._ask("POST", path, body)

    def put(self, path, **body):
        return self._ask("PUT", path, body)

    def delete(self, path):
        return self._ask("DELETE", path)

    def send(self, path, raw):
        """Post a body as it is."""
        return self._ask("POST", path, raw)


def refused(answer):
    """Status and code of a problem, which has a sentence and a remedy too."""
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert told["detail"] and told["remedy"]
    return answer.status_code, told["code"]
