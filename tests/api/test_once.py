"""A request that is sent again does once what it asks for."""

from datetime import timedelta

import pytest

from gehoor.kernel import clock
from gehoor.kernel.errors import Refused
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import once
from gehoor.rooms.accounts.interface.once import KEPT, KeyUsed
from gehoor.rooms.accounts.models import AskedOnce
from gehoor.rooms.accounts.roles import Role

from .conftest import colleague


class Doing:
    """Counts how often it was done."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return new_id()


def test_asked_again_with_the_same_key_it_is_done_once(adviser):
    doing = Doing()
    first, done = once(adviser, "sleutel", "iets", doing)
    assert (done, once(adviser, "sleutel", "iets", doing)) == (True, (first, False))
    assert doing.times == 1


def test_without_a_key_it_is_done_each_time(adviser):
    doing = Doing()
    assert once(adviser, "", "iets", doing)[0] != once(adviser, "", "iets", doing)[0]
    assert doing.times == 2 and not AskedOnce.objects.exists()


def test_a_key_stands_for_one_request_of_one_user(adviser):
    doing = Doing()
    once(adviser, "sleutel", "iets", doing)
    with pytest.raises(KeyUsed):
        once(adviser, "sleutel", "iets anders", doing)
    once(colleague(Role.MARKETER, name="Mia"), "sleutel", "iets anders", doing)
    assert doing.times == 2


def test_what_was_refused_did_not_use_its_key(adviser):
    def refuse():
        raise Refused(why=sentence("it was taken back already"))

    with pytest.raises(Refused):
        once(adviser, "sleutel", "iets", refuse)
    assert once(adviser, "sleutel", "iets anders", Doing())[1] is True


def test_a_week_later_the_key_is_forgotten(adviser):
    once(adviser, "sleutel", "iets", Doing())
    with clock.at(clock.now() + KEPT + timedelta(seconds=1)):
        assert once(adviser, "sleutel", "iets", Doing())[1] is True
    assert AskedOnce.objects.count() == 1


def test_of_what_was_asked_nothing_can_be_read_back(adviser):
    once(adviser, "sleutel", "Mevrouw De Vries belde", Doing())
    kept = AskedOnce.objects.get()
    assert len(bytes(kept.asked)) == 32 and b"Vries" not in bytes(kept.asked)
