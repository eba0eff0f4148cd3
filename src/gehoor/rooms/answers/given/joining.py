"""From given answers to questions: the same thing asked in many words becomes one question, whose id stays.

Everything is joined anew when much is new; else new answers are added to the questions that are known. Either way in
one transaction, so that killed half way nothing has changed.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from numpy.typing import NDArray

from gehoor.analysis.needs.carrying import carry
from gehoor.kernel.ids import key_of
from gehoor.rooms.answers.given import by_book, same
from gehoor.rooms.answers.models import Given, Joined, Question, Ruling
from gehoor.rooms.needs.models import AskVector, VectorModel
from gehoor.rooms.needs.teaching import current_model, embed
from gehoor.rooms.needs.vectors import store_of
from gehoor.rooms.voices.models import Ask

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

SMALL = 0.1
"""New answers up to this part of those that were joined together are added; beyond it everything is joined anew."""
TOGETHER = 20_000
"""Different questions that are held against each other; more are then added to what came of these."""
_REPRESENTATIVES = 6
_AT_ONCE = 5_000
_LONGEST = 600
_ANSWERS = 5
"""Different answers to a question in the same words that are read to see whether another one is the same."""
OTHER = "other_question"


def ready() -> QuerySet[Given]:
    """Answers of which it is known what they answer: the ask of a voice has its vector, or a visitor asked."""
    vectors = AskVector.objects.filter(ask__voice=OuterRef("voice"))
    return Given.objects.filter(Q(voice=None) | Exists(vectors))


def pending() -> int:
    """How many given answers belong to no question yet."""
    return ready().filter(joined=Joined.NOT_YET).count()


def do_join() -> int:
    """Join what waits; says how many answers that were."""
    waiting = pending()
    if not waiting or (model := current_model()) is None:
        return 0
    before = Counter(dict(_counts()))
    added = before[Joined.ADDED] + waiting
    if added > SMALL * before[Joined.WHOLE]:
        return _join_all(model)
    return _add(model)


def _counts() -> list[tuple[int, int]]:
    from django.db.models import Count

    return list(Given.objects.values_list("joined").annotate(n=Count("pk")).order_by())


@dataclass(frozen=True, slots=True)
class Questions:
    """Given answers as rows: primary keys, what was asked and answered, the vector of what was asked, the question that
    it stands in (-1: none), and the voice that asked."""

    pks: Integers
    texts: list[str]
    answers: list[str]
    vectors: Floats
    before: Integers
    voices: Integers
    teacher: str

    def asked(self, rows: Integers | None = None) -> same.Asked:
        """These rows (all when None), to be held against each other."""
        if rows is None:
            return same.Asked(self.texts, self.vectors, self.answers, self.teacher)
        chosen = rows.tolist()
        texts, answers = [self.texts[row] for row in chosen], [self.answers[row] for row in chosen]
        return same.Asked(texts, self.vectors[rows], answers, self.teacher)


def read(given: QuerySet[Given], model: VectorModel) -> Questions:
    """What was asked, and what was answered to it."""
    pks, texts, answers, before, voices, starts = [], [], [], [], [], []
    rows = given.order_by("pk").values_list(
        *("pk", "question_id", "voice_id", "ask_start", "ask_end", "voice__text", "visited__question"),
        *("start", "end", "reply_id", "reply__text", "visited__told"),
    )
    for row in rows.iterator(chunk_size=_AT_ONCE):
        pk, question, voice, ask_start, ask_end, text, visited, start, end, reply, replied, told = row
        pks.append(pk)
        before.append(-1 if question is None else question)
        voices.append(-pk if voice is None else voice)
        starts.append(ask_start)
        texts.append(" ".join((visited if voice is None else text[ask_start:ask_end]).split())[:_LONGEST])
        source = replied if reply is not None else told if voice is None else text
        answers.append(source[start:end][:_LONGEST])
    vectors = _vectors(model, np.array(voices, np.int64), np.array(starts, np.int64), texts)
    keys, stood, who = (np.array(each, np.int64) for each in (pks, before, voices))
    return Questions(keys, texts, answers, vectors, stood, who, "" if model.taught_on else model.name)


def _vectors(model: VectorModel, voices: Integers, starts: Integers, texts: Sequence[str]) -> Floats:
    """The vector of the ask that each question stands in. Where one ask holds two questions, and for what visitors
    asked, there is none: these few are embedded."""
    found = np.zeros((len(texts), model.dimensions), np.float32)
    place = _rows_of_asks(model, voices, starts)
    held = Counter(
        (int(v), int(r), int(s)) for v, r, s in set(zip(voices.tolist(), place.tolist(), starts.tolist(), strict=True))
    )
    in_row = Counter(row for _, row, _ in held)
    own = (place >= 0) & np.array([in_row[row] == 1 for row in place.tolist()], bool)
    if own.any():
        found[own] = store_of(model).read(place[own])
    rest = np.flatnonzero(~own)
    different = sorted({texts[row] for row in rest.tolist()})
    if different:
        made = dict(zip(different, embed(model, different), strict=True))
        found[rest] = np.stack([made[texts[row]] for row in rest.tolist()])
    return found


def _rows_of_asks(model: VectorModel, voices: Integers, starts: Integers) -> Integers:
    """The row in the store of the ask in which each place stands; -1 without."""
    asks: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    wanted = np.unique(voices[voices >= 0]).tolist()
    for at in range(0, len(wanted), _AT_ONCE):
        rows = Ask.objects.filter(voice__in=wanted[at : at + _AT_ONCE], vector__model=model)
        for voice, start, end, row in rows.values_list("voice", "start", "end", "vector__row"):
            asks[voice].append((start, end, row))
    found = np.full(len(voices), -1, np.int64)
    for number, (voice, start) in enumerate(zip(voices.tolist(), starts.tolist(), strict=True)):
        found[number] = next((row for a, b, row in asks.get(voice, ()) if a <= start < b), -1)
    return found


def _join_all(model: VectorModel) -> int:
    asked = read(ready(), model)
    labels = _settled(asked, by_book.joined(asked.texts, asked.answers, asked.voices, labels_of(asked)))
    _write(asked, labels, Joined.WHOLE)
    return len(asked.pks)


def labels_of(asked: Questions) -> Integers:
    """A label for each question. Equal words are the same question; of very many different ones, those drawn by a
    keyed hash are joined together and the others added to them, so that memory and time stay bounded."""
    keys = [" ".join(text.lower().split()) for text in asked.texts]
    different = sorted(set(keys), key=lambda key: key_of([key]))
    number = {key: at for at, key in enumerate(different)}
    of_row = np.array([number[key] for key in keys], np.int64)
    once = _once(asked, of_row, len(different))
    label = np.full(len(different), -1, np.int64)
    first = np.arange(min(TOGETHER, len(different)))
    label[first] = same.join(once.asked(first))
    _add_rest(label, once)
    return label[of_row]


def _once(asked: Questions, of_row: Integers, count: int) -> Questions:
    """Each different question once, with what was answered to it."""
    first = np.full(count, -1, np.int64)
    answers: list[dict[str, None]] = [{} for _ in range(count)]
    for row, at in enumerate(of_row.tolist()):
        if first[at] < 0:
            first[at] = row
        if len(answers[at]) < _ANSWERS:
            answers[at][asked.answers[row]] = None
    texts = [asked.texts[row] for row in first.tolist()]
    together = ["\n".join(each) for each in answers]
    stood, who = asked.before[first], asked.voices[first]
    return Questions(asked.pks[first], texts, together, asked.vectors[first], stood, who, asked.teacher)


def _add_rest(label: Integers, once: Questions) -> None:
    chosen = _representatives(label[label >= 0])
    known = once.asked(chosen)
    next_label = int(label.max(initial=-1)) + 1
    for at in range(TOGETHER, len(label), _AT_ONCE):
        rows = np.arange(at, min(at + _AT_ONCE, len(label)))
        for row, found in zip(rows.tolist(), same.assign(once.asked(rows), known).tolist(), strict=True):
            label[row] = label[chosen[found]] if found >= 0 else next_label
            next_label += found < 0


def _representatives(labels: Integers) -> Integers:
    """Rows that stand for their label: some of each, evenly drawn."""
    order = np.argsort(labels, kind="stable")
    chosen = []
    for group in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        few = (
            group
            if len(group) <= _REPRESENTATIVES
            else group[np.linspace(0, len(group) - 1, _REPRESENTATIVES).astype(int)]
        )
        chosen.append(few)
    return np.concatenate(chosen) if chosen else np.zeros(0, np.int64)


def _settled(asked: Questions, labels: Integers) -> Integers:
    """People's word over the machine's: what someone set apart as another question stays a question of its own."""
    place = {pk: at for at, pk in enumerate(asked.pks.tolist())}
    labels = labels.copy()
    next_label = int(labels.max(initial=-1)) + 1
    for one, other in rulings_apart():
        a, b = place.get(one), place.get(other)
        if a is None or b is None or labels[a] != labels[b]:
            continue
        apart = asked.before == asked.before[a] if 0 <= asked.before[a] != asked.before[b] else asked.pks == one
        labels[apart & (labels == labels[b])] = next_label
        next_label += 1
    return labels


def rulings_apart() -> list[tuple[int, int]]:
    """Pairs of answers of which someone said that the first was asked something else than the other."""
    rows = Ruling.objects.filter(verdict=OTHER, undone=False).exclude(other=None).order_by("pk")
    return [(one, other) for one, other in rows.values_list("one_id", "other_id") if other is not None]


def _add(model: VectorModel) -> int:
    """Each new answer to the question that it repeats; a question that was asked once before becomes one with it."""
    new = read(ready().filter(joined=Joined.NOT_YET), model)
    known = _known(model)
    near = same.assign(new.asked(), known.asked())
    of_the_book = _of_the_book(new)
    with transaction.atomic():
        for at, row in enumerate(near.tolist()):
            question = of_the_book[at] or (_question_of(known, row) if row >= 0 else None)
            Given.objects.filter(pk=int(new.pks[at])).update(question=question, joined=Joined.ADDED)
            if question is not None:
                Question.objects.filter(pk=question).update(verdict="")
    return len(new.pks)


def _of_the_book(new: Questions) -> list[int | None]:
    """For each the question that asks what an entry answers, when this one surely does too."""
    entries = by_book.entries_for(new.texts, new.answers, new.voices.tolist())
    there = Question.objects.filter(answer__in={entry.pk for entry in entries if entry is not None}).order_by("-pk")
    asks = dict(there.values_list("answer_id", "pk"))
    return [None if entry is None else asks.get(entry.pk) for entry in entries]


def _known(model: VectorModel) -> Questions:
    """Some answers of each question, and of those asked once the newest."""
    rows = Given.objects.exclude(joined=Joined.NOT_YET).exclude(question=None).order_by("question", "pk")
    of_question: dict[int, list[int]] = defaultdict(list)
    for pk, question in rows.values_list("pk", "question_id").iterator():
        of_question[question].append(pk)
    some = [
        pk for pks in of_question.values() for pk in pks[:: max(1, len(pks) // _REPRESENTATIVES)][:_REPRESENTATIVES]
    ]
    once = Given.objects.filter(question=None).exclude(joined=Joined.NOT_YET).order_by("-pk")
    some += once.values_list("pk", flat=True)[: max(0, TOGETHER - len(some))]
    parts = [read(Given.objects.filter(pk__in=some[at : at + _AT_ONCE]), model) for at in range(0, len(some), _AT_ONCE)]
    if not parts:
        return read(Given.objects.none(), model)
    return Questions(
        np.concatenate([part.pks for part in parts]),
        [text for part in parts for text in part.texts],
        [text for part in parts for text in part.answers],
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([part.before for part in parts]),
        np.concatenate([part.voices for part in parts]),
        parts[0].teacher,
    )


def _question_of(known: Questions, row: int) -> int:
    if known.before[row] < 0:
        made = Question.objects.create(text=known.texts[row], verdict="")
        Given.objects.filter(pk=int(known.pks[row])).update(question=made)
        known.before[row] = made.pk
    return int(known.before[row])


def _write(asked: Questions, labels: Integers, joined: Joined) -> None:
    """Each label that several voices share is a question; its id is that of the question it overlaps most."""
    labels = _shared(asked, labels)
    carried = carry(asked.before, labels)
    with transaction.atomic():
        there = set(Question.objects.values_list("pk", flat=True))
        order = np.argsort(labels, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []:
            label = int(labels[rows[0]])
            old = carried.get(label, -1)
            question = None if label < 0 else old if old in there else _made(asked, rows)
            _move(asked, rows, question, joined)
        Question.objects.exclude(Exists(Given.objects.filter(question=OuterRef("pk")))).delete()


def _made(asked: Questions, rows: Integers) -> int:
    return Question.objects.create(text=asked.texts[int(rows[0])], verdict="").pk


def _move(asked: Questions, rows: Integers, question: int | None, joined: Joined) -> None:
    """Have these answers belong to the question; it is judged again when that is otherwise than it was."""
    pks = asked.pks[rows]
    before = asked.before[rows]
    goal = -1 if question is None else question
    left = [int(each) for each in np.unique(before[(before != goal) & (before >= 0)])]
    Question.objects.filter(pk__in=left).update(verdict="")
    if question is not None and (before != goal).any():
        Question.objects.filter(pk=question).update(verdict="")
    for at in range(0, len(pks), _AT_ONCE):
        some = pks[at : at + _AT_ONCE].tolist()
        Given.objects.filter(pk__in=some).update(question=question, joined=joined)


def _shared(asked: Questions, labels: Integers) -> Integers:
    """-1 for a label that stands in one voice only."""
    pairs = np.unique(np.stack([labels, asked.voices], axis=1), axis=0)
    voices = np.bincount(pairs[:, 0], minlength=int(labels.max(initial=-1)) + 1)
    return np.where(voices[labels] > 1, labels, -1) if len(labels) else labels
