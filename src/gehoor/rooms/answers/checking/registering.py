"""What this part tells the rooms below: its panel beside a voice, what the book has against words that go out, and the
routes for programs of this room."""

from django.urls import reverse

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.models import Voice


def register() -> None:
    """Called in the ``ready`` of the app."""
    from gehoor.rooms.accounts import routes
    from gehoor.rooms.answers import scopes
    from gehoor.rooms.answers.checking.wordings import objections
    from gehoor.rooms.sending import objectors
    from gehoor.rooms.voices import panels

    routes.register("answers", routes="gehoor.rooms.answers.api", scopes=scopes.SCOPES)
    objectors.register("answers", objections)
    panels.register(
        panels.Panel(
            name="at-hand",
            order=10,
            title=sentence("Answers at hand"),
            href=_at_hand,
            rights=(May.SEE_VOICES, May.SEE_ANSWERS),
        )
    )


def _at_hand(voice: Voice) -> str:
    return reverse("answers:at_hand", args=[voice.public_id])
