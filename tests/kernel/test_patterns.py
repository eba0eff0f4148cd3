"""Patterns that are compiled when they are first used."""

import re

import pytest

from gehoor.kernel.patterns import regex

TEXT = "Tien procent op 1 maart, twaalf op 2 april."
EXPRESSION, FLAGS = r"(?P<day>\d)\s+(?P<month>maart|APRIL)", re.IGNORECASE


def test_it_finds_what_a_compiled_one_finds():
    later, compiled = regex(EXPRESSION, FLAGS), re.compile(EXPRESSION, FLAGS)
    assert [found.groupdict() for found in later.finditer(TEXT)] == [
        {"day": "1", "month": "maart"},
        {"day": "2", "month": "april"},
    ]
    assert later.sub("x", TEXT) == compiled.sub("x", TEXT)
    assert later.split(TEXT) == compiled.split(TEXT)
    assert later.search(TEXT, 20)["day"] == "2"
    assert (later.groups, later.groupindex, later.pattern) == (2, compiled.groupindex, EXPRESSION)


def test_one_that_is_wrong_says_so_when_it_is_used():
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search(TEXT)
