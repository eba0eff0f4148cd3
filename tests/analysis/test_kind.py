"""What kind of voice it is, with the cues that spoke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.kind import FEWEST_PERSONS, KINDS, UNSURE, classify, learn


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hoeveel mag ik boetevrij aflossen?", "question"),
        ("When will my building deposit be paid?", "question"),
        ("Ik wacht al weken op mijn geld. Schandalig.", "complaint"),
        ("Your app is not working again, this is unacceptable.", "complaint"),
        ("Complimenten, ik ben heel goed geholpen!", "compliment"),
        ("Thank you so much, excellent service.", "compliment"),
        ("Het zou fijn zijn als er een overzicht per factuur kwam.", "wish"),
        ("Mijn nieuwe adres is Dorpsstraat 1 in Zwolle.", "remark"),
        ("", UNSURE),
    ],
)
def test_plain_cases(text: str, kind: str) -> None:
    assert classify(text).kind == kind


def test_praise_that_is_denied_is_no_praise() -> None:
    judged = classify("Ik ben niet tevreden over hoe dit ging")
    assert judged.kind == "complaint"
    assert any(cue.phrase.startswith("niet") for cue in judged.cues)


def test_two_kinds_that_come_close_are_unsure() -> None:
    assert classify("Bedankt voor uw hulp, wat betekent deze brief?").kind in {UNSURE, "question", "compliment"}
    assert classify("Vriendelijk, maar traag en onduidelijk").kind != "question"


@given(st.text(max_size=300))
def test_any_text_gets_a_kind_and_its_cues(text: str) -> None:
    judged = classify(text)
    assert judged.kind in {*KINDS, UNSURE}
    assert all(cue.weight > 0 and cue.kind in KINDS for cue in judged.cues)


def _corrections(persons: int) -> list[tuple[str, str, int]]:
    wishes = [(f"zonneboiler graag nummer {n}", "wish", n) for n in range(persons)]
    others = [(f"gewone mededeling zonder meer {n}", "remark", 100 + n) for n in range(12)]
    return wishes + others


def test_a_word_is_learned_when_enough_persons_used_it() -> None:
    learned = learn(_corrections(12))
    assert learned["zonneboiler"][0] == "wish"
    assert classify("een zonneboiler op het dak", learned).kind == "wish"
    assert classify("een zonneboiler op het dak").kind == "remark"


def test_a_word_of_few_persons_is_never_learned() -> None:
    few = [(text, kind, person % (FEWEST_PERSONS - 1)) for text, kind, person in _corrections(40) if kind == "wish"]
    assert "zonneboiler" not in learn([*few, *_corrections(0)])
