"""The house's addresses, and one route that changes something: none of the first routes of the interface does."""

from django.urls import include, path
from ninja import Field, Router, Schema

from gehoor.rooms.accounts.interface import needs
from gehoor.web import urls
from gehoor.web.api.answering import answering
from gehoor.web.api.views import make_interface


class Note(Schema):
    """A body with one of each kind of field."""

    text: str = Field(max_length=20)
    number: int = Field(ge=0)


router = Router()


@router.post("/note", auth=needs("voices:read"), response=Note)
def note(request, given: Note):
    return given


_interface = make_interface()
_interface.add_router("", router)
_routes = [
    path(str(route.pattern), answering(route.callback)) for route in _interface.urls[0] if route.name != "api-root"
]
urlpatterns = [path("api/v1/", include(_routes)), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500
