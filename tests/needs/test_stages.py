import time
from .conftest import run, hear_everything
import pytest
from django.urls import reverse

def test_x(heard, client, marketer):
    from gehoor.rooms.needs.models import Need, Guess
    client.force_login(marketer)
    Guess.objects.create(guesser=marketer, position=0, text="lange wachttijd aan de telefoon")
    Guess.objects.create(guesser=marketer, position=1, text="duurzaam verbouwen met subsidie")
    open("/tmp/lab/needs_list.html","wb").write(client.get("/behoeften/").content)
    n = Need.objects.filter(generation=heard, level=1).first()
    r = client.get(f"/behoeften/{n.public_id}/")
    open("/tmp/lab/need.html","wb").write(r.content)
    assert r.status_code == 200

def test_y(db, teacher):
    t=time.time(); hear_everything(); print("hear", time.time()-t)
    t=time.time(); run(); print("run", time.time()-t)
def test_z(heard):
    pass
