"""What the satisfied and the dissatisfied ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.needs.by_score import compared
from gehoor.rooms.needs.guesses import has_guessed
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.needs.views.looking import chosen_level, level_name


@may(May.SEE_NEEDS)
@require_safe
def by_score(request: HttpRequest) -> HttpResponse:
    """The needs of one level, side by side for both groups."""
    generation = current_generation()
    if generation is None or not generation.levels or not has_guessed(actor(request)):
        return redirect("needs:needs")
    level = chosen_level(request, generation)
    levels = [
        {
            "href": f"{reverse('needs:by_score')}?level={each}",
            "label": level_name(each, generation.levels),
            "current": each == level,
        }
        for each in range(1, generation.levels + 1)
    ]
    return render(request, "needs/by_score.html", {"compared": compared(generation, level), "levels": levels})
