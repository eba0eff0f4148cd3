"""The page "What we did with what you said", as the list of public pages knows it."""

from django.urls import reverse

from gehoor.kernel.language import sentence
from gehoor.rooms.changes.publishing import anything_published
from gehoor.rooms.public.pages import PublicPage

PAGE = PublicPage(
    name="did",
    title=sentence("What we did with what you said"),
    intro=sentence("What customers asked us, what we did about it or why not, and whether it helped."),
    address=lambda: reverse("did:did"),
    published=anything_published,
    order=10,
)
