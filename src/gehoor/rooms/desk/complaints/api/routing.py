"""One router for the register of complaints: two methods of one address have to stand in the same one."""

from ninja import Router

router = Router(tags=["complaints"])
