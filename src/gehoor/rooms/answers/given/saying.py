"""Questions and groups as they are shown: what a group says and where answers clash, cut from the answers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gehoor.analysis.agreement import Fact, FactKind
from gehoor.analysis.needs.sentences import sentences
from gehoor.rooms.answers.given.texts import Passage, passages
from gehoor.rooms.answers.models import Given, Question

_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a clash: what it says, the answer it stands in, and the sentence around it."""

    says: str
    given: int
    group: int
    quote: str
    voice: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of which answers state values that cannot all be true."""

    kind: str
    about: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for the groups of some questions: passages by primary key of ``Given``, and their facts."""

    said: Mapping[int, Passage]
    facts: Mapping[int, Sequence[Fact]]

    def says(self, group: Mapping[str, object], language: str) -> str:
        """What a group says, in plain figures; where it states no facts, its first words."""
        pk = _key(group["given"])
        facts, passage = self.facts.get(pk, ()), self.said.get(pk)
        chosen = group["facts"]
        numbers = [at for at in chosen if isinstance(at, int)] if isinstance(chosen, list) else []
        chosen_facts = [facts[at] for at in numbers if at < len(facts)]
        plain = [fact for fact in chosen_facts if fact.kind is not FactKind.CONDITION] or chosen_facts
        words = [fact.says(language) for fact in plain]
        if words:
            return ", ".join(dict.fromkeys(words))
        return "" if passage is None else shortened(passage.text)

    def difference(self, clash: Mapping[str, object], language: str) -> Difference | None:
        """A clash with its words; None when one of its answers is not there any more."""
        values = clash["values"]
        found = [self._value(each, language) for each in values] if isinstance(values, list) else []
        kept = tuple(each for each in found if each is not None)
        return Difference(str(clash["kind"]), str(clash["about"]), kept) if len(kept) > 1 else None

    def _value(self, value: Mapping[str, object], language: str) -> Value | None:
        pk, start, end = _key(value["given"]), _key(value["start"]), _key(value["end"])
        passage = self.said.get(pk)
        if passage is None or end > len(passage.text):
            return None
        fact = next((each for each in self.facts.get(pk, ()) if (each.start, each.end) == (start, end)), None)
        quote = sentence_around(passage.text, start, end)
        says = fact.says(language) if fact else shortened(quote)
        return Value(says, pk, _key(value["group"]), quote, passage.voice)


def _key(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(type(value).__name__)
    return value


def standing(questions: Iterable[Question]) -> Standing:
    """What the groups and clashes of these questions point to, in two queries."""
    wanted = {group["given"] for question in questions for group in question.groups}
    wanted |= {value["given"] for question in questions for clash in question.clashes for value in clash["values"]}
    return standing_of(wanted)


def standing_of(wanted: Collection[int]) -> Standing:
    """The passages and facts of these answers."""
    rows = Given.objects.filter(pk__in=wanted)
    return Standing(
        {each.given: each for each in passages(rows)},
        {pk: read_states(states) for pk, states in rows.values_list("pk", "states")},
    )


def read_states(states: Iterable[Mapping[str, object]]) -> list[Fact]:
    """The facts of an answer. What an older release kept and this one cannot read is empty until it is judged again."""
    try:
        return [Fact.from_json(dict(each)) for each in states]  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return []


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentences that hold ``text[start:end]``, as they stand there."""
    spans = [(a, b) for a, b in sentences(text) if a < end and start < b]
    return text[spans[0][0] : spans[-1][1]].strip() if spans else text[start:end]


def shortened(text: str) -> str:
    """The first words of a text."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rsplit(' ', 1)[0]}…"


def clashing_groups(question: Question) -> list[int]:
    """The groups that clash with another one, in order."""
    return sorted({value["group"] for clash in question.clashes for value in clash["values"]})


def by_group(said: Iterable[Passage], groups: Mapping[int, int]) -> dict[int, list[Passage]]:
    """Passages by their group."""
    found: dict[int, list[Passage]] = defaultdict(list)
    for each in said:
        found[groups[each.given]].append(each)
    return dict(found)
