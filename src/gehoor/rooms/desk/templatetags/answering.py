"""The composer, wherever a page shows a case."""

from collections.abc import Mapping
from typing import Any

from django import template

from gehoor.rooms.desk.answering.composing import part_context
from gehoor.rooms.desk.models import Case

register = template.Library()


@register.inclusion_tag("desk/answering/form_part.html", takes_context=True)
def composer(context: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """What is on its way, and the form to answer."""
    request = context["request"]
    return {"request": request, "csrf_token": context.get("csrf_token"), **part_context(case, request.user)}
