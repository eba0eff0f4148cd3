"""Which sentences promise something, and what."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from gehoor.analysis.promising.quoted import without_quotes
from gehoor.analysis.promising.when import Due, WorksOn, find_dues, on_weekdays
from gehoor.kernel.patterns import regex

_LONGEST = 400
_READ_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A promise at ``start`` to ``end`` of the text: ``what`` are its words; ``due`` is None where no time was
    named."""

    start: int
    end: int
    what: str
    due: datetime | None
    whole_day: bool


def find_promises(text: str, said: datetime, works_on: WorksOn = on_weekdays) -> list[Found]:
    """The promises in what we said at ``said`` (aware, in our own zone), in order. The same promise said twice is one:
    the one that names a time."""
    readable = without_quotes(text[:_READ_CHARACTERS])
    found = [each for span in _sentences(readable) for each in _promise(text, readable, span, said, works_on)]
    return _once(found)


_END = regex(r"(?<=[.!?])[\"”')]*\s+|\n\s*\n|(?<=[;])\s|\n(?=\s*[-•*])|\n(?=[A-ZÀ-Þ])")
_ABBREVIATION = regex(
    r"\b(?:a\.s|o\.a|b\.v|bijv|d\.w\.z|i\.v\.m|t\.a\.v|nr|tel|mr|mrs|ms|dr|e\.g|i\.e|"
    r"[A-Z])\.$"
)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences stand; a semicolon ends one."""
    spans, start = [], 0
    for hit in _END.finditer(text):
        if _ABBREVIATION.search(text, start, hit.start()):
            continue
        spans.append((start, hit.start()))
        start = hit.end()
    spans.append((start, len(text)))
    return [(start, end) for start, end in spans if text[start:end].strip()]


_WE = r"(?:ik|wij|we)"
_ONE_OF_US = (
    r"(?:ik|wij|we|(?:mijn|onze|een|de|uw|haar|zijn)\s(?:\w+\s)?(?:collega|collega's|jurist|adviseur|afdeling|"
    r"monteur|taxateur|"
    r"specialist|behandelaar|team|acceptant|leidinggevende|manager|bank|notaris|inspecteur|expert|schade-expert|"
    r"klachtenteam|medewerker)(?:\s[A-Z]\w+){0,2}|(?:een|één)\svan\sonze\s\w+|iemand(?:\svan\s\w+(?:\s\w+)?)?|hij|"
    r"zij|ze)"
)
_YOU = r"(?:u|je|jou|jullie|jij)"
_DOES = (
    r"(?:bel|bellen|belt|mail|mailen|mailt|stuur|sturen|stuurt|schrijf|schrijven|schrijft|app|appen|laat|laten|"
    r"neem|nemen|neemt|geef|geven|geeft|kom|komen|komt|informeer|informeren|informeert|bericht|berichten|meld|melden|"
    r"meldt|antwoord|antwoorden|reageer|reageren|reageert|betaal|betalen|betaalt|stort|storten|boek|boeken|maak|"
    r"maken|"
    r"zet|zetten|regel|regelen|regelt|herstel|herstellen|los|lossen|zoek|zoeken|vraag|vragen|verwerk|verwerken|"
    r"verzend|verzenden|lever|leveren|bezorg|bezorgen|vergoed|vergoeden|corrigeer|corrigeren|bevestig|bevestigen|"
    r"kijk|kijken|duik|duiken|doe|doen|zorg|zorgen|handel|handelen|behandel|behandelen|crediteer|crediteren|draag|"
    r"breng|brengen|bespreek|bespreken|houd|houden|leg|leggen|spreek|spreken|keer|keren|wijzig|wijzigen|pas|passen)"
)
_STRONG = tuple(
    regex(pattern)
    for pattern in (
        rf"(?<!\bbij )(?<!\btot )\b{_YOU}\s(?:hoort|hoor|horen)\b(?!\s(?:bij|tot|u\b))",
        rf"\b(?:hoort|hoor)\s{_YOU}\b",
        rf"\b(?:bel|bellen|belt|mail|mailen|mailt)\s(?:(?:ik|wij|we)\s)?{_YOU}\s.*?\bterug\b",
        rf"\b{_WE}\s(?:bel|bellen|mail|mailen)\s{_YOU}\b.*\bterug\b",
        r"\b(?:ik|wij|we)\s(?:zal|zullen|ga|gaan)\s.*\b(?:terugbellen|terugkomen|terugmailen|informeren|"
        r"laten weten)\b",
        r"\b(?:kom|komen)\s(?:(?:ik|wij|we)\s)?(?:er|hier|daar|hierop|erop|daarop)\b.*\bterug\b",
        r"\b(?:laat|laten)\s(?:(?:ik|wij|we)\s)?(?:het\s)?(?:u|je|jullie)\b.*\bweten\b",
        r"\b(?:we|i|you)(?:'ll| will| shall)\s(?:\w+\s)?(?:get back|hear from|come back to|let you know|call you|"
        r"ring you|email you|be in touch|keep you (?:posted|informed))",
        r"\b(?:and|will) get back to you\b",
    )
)
"""A promise also where it names no time."""

_ACTS = tuple(
    regex(pattern)
    for pattern in (
        rf"\b{_ONE_OF_US}\s(?:(?:dus|daarom|ook|het|dit|dat|daar|er|hier|nu|meteen|zelf)\s){{0,3}}{_DOES}\b",
        rf"\b{_DOES}\s{_ONE_OF_US}\b",
        rf"\b{_DOES}\s{_YOU}\b",
        r"\b(?:ik|wij|we|hij|zij|ze|collega|adviseur|afdeling)\s(?:zal|zullen|ga|gaan|gaat)\b",
        r"\b(?:zal|zullen|ga|gaan|gaat)\s(?:ik|wij|we|hij|zij|ze|mijn|onze|het|de|uw)\b",
        r"\b(?:zal|zullen)\b",
        rf"\b{_YOU}\s(?:ontvangt|ontvang|krijgt|krijg|heeft|hebt|heb|hebben|ziet|vindt|vind|wordt|leest|verneemt|"
        rf"kunt|kun|mag)\b",
        rf"\b(?:ontvangt|ontvang|krijgt|krijg|heeft|heb|ziet|vindt|wordt|leest|verneemt|kunt|mag)\s{_YOU}\b",
        r"\b(?:wordt|worden|staat|staan|komt|komen|ligt|liggen|gaat|gaan|volgt|volgen|arriveert|belt)\b",
        r"\b(?:is|zijn|be)\b.*\b(?:klaar|gereed|rond|opgelost|geregeld|orde|hersteld|zichtbaar|bij u|thuis|terug|"
        r"afgehandeld|"
        r"verwerkt|betaald|ready|done|fixed|solved|sorted)\b|\b(?:klaar|gereed|rond|opgelost|geregeld|orde) is\b",
        r"\b(?:i|we|you|he|she|they|it|someone|colleague|team|colleagues|money|refund|card|invoice|letter)(?:'ll|"
        r"\swill|\sshall)\b",
        r"\b(?:will|shall)\s(?:be|have|receive|reach|contact|call|send|get|go|arrive|email|reply)\b",
        r"\b(?:i'm|i am|we're|we are) going to\b",
        r"\bexpect (?:our|my|a|an|the)\b",
        r"\b(?:goes|go|is) out\b",
        r"\bwe promise\b|\bi promise\b",
    )
)
"""A promise where a time stands beside it."""

_NEVER = tuple(
    regex(pattern)
    for pattern in (
        # Not to be promised, or not known.
        r"\b(?:niet|geen|nooit|niemand|nergens|cannot|can't|not|never|nobody|don't|"
        r"won't)\b(?:\s\w+){0,4}\s(?:belov|belo|"
        r"toezeg|garander|garantie|zeggen|promis|guarant|zeker|vandaag|morgen|eerder|binnen|nog)",
        r"\b(?:belov|toezeg|garander|promise|guarantee)\w*\b(?:\s\w+){0,3}\s(?:niet|geen|not)\b",
        r"\bkan\b.*\bniet\b(?:\s\w+){0,3}\s?(?:toezeggen|beloven|garanderen|zeggen|geven)",
        r"\b(?:kunnen|kan|can|could)\b(?:\s\w+){0,8}\s(?:niet|not|helaas)\b",
        r"\b(?:weet|weten)\b(?:\s\w+){0,3}\s(?:niet|nog niet)\b(?!.*\bterug\b)",
        r"\bniemand\b|\bnobody\b|\bdon't think\b",
        r"\b(?:nooit|never)\b",
        # Hoped, expected, possible.
        r"\b(?:misschien|wellicht|mogelijk|waarschijnlijk|hopelijk|naar verwachting|als het (?:goed is|meezit|lukt)|"
        r"ik (?:hoop|verwacht|denk|streef)|wij (?:hopen|verwachten|streven)|we (?:hopen|verwachten|streven|hope|"
        r"aim|try|expect)|"
        r"hoop ik|streven|streef|zou|zouden|had|hadden|might|may|maybe|perhaps|probably|hopefully|would|could|"
        r"should have|"
        r"i (?:hope|expect|think|aim))\b",
        # In general.
        r"\b(?:doorgaans|normaal gesproken|gewoonlijk|meestal|in principe|in de regel|gemiddeld|altijd|standaard|"
        r"elke|"
        r"iedere|(?<!in )elk|(?<!in )ieder|jaarlijks|maandelijks|per (?:jaar|maand|kalenderjaar)|klanten|"
        r"voorwaarden|polis staat|"
        r"in het verleden|usually|normally|typically|generally|always|every|customers|on average|terms)\b",
        # What the customer has to do, or may.
        r"\b(?:u|je|jij|jullie)\s(?:dient|moet|moeten|hoeft|bent|betaalt|betaal|bel|mailt|stuurt|stuur|reageert|"
        r"vergeet)\b",
        r"\b(?:dient|moet|wilt|wil|stuurt|belt|betaalt|reageert|neemt|geeft|laat)\s(?:u|je|jij)\b(?!\s(?:morgen|"
        r"over|binnen|"
        r"aanstaande|vandaag|maandag|dinsdag|woensdag|donderdag|vrijdag|een|het|uiterlijk|nog|voor|terug|deze))",
        r"\b(?:vragen|verzoeken|raden|adviseren|verwachten|ontvangen|horen|zien) (?:wij|we|ik) (?:u|je|uw|graag)\b",
        r"\b(?:wij|we|ik) (?:vragen|vraag|verzoeken|verzoek|raden|adviseren|horen|hoor|ontvangen) (?:u|je|graag)\b",
        r"\bgraag (?:ontvangen|horen|zien|vernemen) (?:wij|we|ik)\b|\b(?:wij|we|ik) (?:horen|ontvangen) graag\b",
        r"\b(?:bedenktijd|de tijd om|gelieve|please|you (?:must|need|should|can|could|may|have until|wrote)|"
        r"have \d+ days|let us know)\b(?<!you can)",
        r"\bu (?:kunt|kan|mag) (?:ons|mij|bellen|mailen|vandaag|morgen|zelf|hem|het|op|bij|tot|altijd|ook)\b|"
        r"\bkunt u\b(?! .*verwachten)",
        r"\bu heeft \d+\b|\bbent u\b|\bbent\b.*\bverzekerd\b",
        r"\b(?:gesloten|geopend|open van|open from|closed on|geldig|verzekerd|vervalt|eindigt|loopt\b.*\baf|"
        r"ends on|vast tot)\b",
        r"\bdank(?: u| je)?(?: wel)? voor\b(?!.*[,.])",
    )
)

_ASKS_FOR = regex(
    r"\s*(?:maak|mail|mailt|stuur|stuurt|bel|belt|schrijf|laat|geef|kom|neem|vraag|vul|controleer|lever|vergeet|"
    r"send|call|"
    r"let|give|reply|return)\b(?!\s(?:ik|wij|we)\b)"
)
"""A sentence that begins with what someone else is to do."""

_NEVER_WHOLE = tuple(
    regex(pattern)
    for pattern in (
        r"\b(?:misschien|wellicht|mogelijk|hopelijk|naar verwachting|volgens (?:onze|de) voorwaarden|according to)\b",
        r"^(?:ik|wij|we|i) (?:hoop|hopen|verwacht|verwachten|streef|streven|hope|expect|aim)\b",
    )
)
"""What these say holds for all that follows in the sentence."""

_ASKED = regex(r"\?\s*$")
_ANYWAY = regex(r"\b(?:ook als|zelfs als|even if|in elk geval|in ieder geval|hoe dan ook|in any case)\b")
_CONDITION = regex(
    r"(?:^|[,;:(–-]\s*|\b(?:en|maar|dus|and|but)\s)(?:als|indien|mocht|mochten|wanneer|zodra|tenzij|mits|zonder|"
    r"if|once|when|unless|"
    r"provided|as soon as|in case)\b|\b(?:mits|tenzij|unless|provided that|zodra|as soon as)\b|"
    r"\b(?:if|als) (?:you|u|je|er|we|wij|het)\b|^(?:stuurt|had|hadden|belt|reageer|should)\b"
)
_DONE = regex(
    r"\b(?:heb|hebt|heeft|hebben|is|zijn|werd|werden|bent|was|were|has|have|had|been|vorige|afgelopen|gisteren|"
    r"yesterday|last)\b"
)
_PARTICIPLE = regex(
    r"\b(?:ge\w{3,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{3,}(?:d|t|en)|\w+(?:ge)\w+(?:d|t|en)|been|made|sent|called|"
    r"paid|received|"
    r"\w{4,}ed)\b"
)
_STILL = regex(r"\b(?:wordt|worden|zal|zullen|will|be|contact|met u)\b")
_CLAUSE = regex(
    r"[,:;–]\s|\s(?:en|maar|dus|zodat|waarna|want|and|but|so)\s|"
    r"\s(?=of (?:uw|u|het|de|je|er|your|the|it)\s)"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a sentence, in lower case; ``dues`` are named in it, ``blocked``: nothing is promised in it."""

    start: int
    end: int
    said: str
    dues: tuple[Due, ...]
    blocked: bool

    @property
    def due(self) -> Due | None:
        """The time that counts: one by which something is done before one at which; else the last named."""
        return next((due for due in self.dues if due.firm), self.dues[-1] if self.dues else None)

    @property
    def strong(self) -> bool:
        """Whether it promises also without a time."""
        return any(pattern.search(self.said) for pattern in _STRONG)

    @property
    def acts(self) -> bool:
        """Whether it says that something will be done, or will have come."""
        return self.strong or any(pattern.search(self.said) for pattern in _ACTS)


def _promise(text: str, readable: str, span: tuple[int, int], said: datetime, works_on: WorksOn) -> list[Found]:
    """The promises of one sentence: its clauses that say what will be done and by when; else one that is a promise
    without a time, or finds its time in the clause beside it."""
    start, end = span
    sentence = readable[start:end]
    lowered = sentence.lower().replace("’", "'")
    if len(lowered) != len(sentence) or _ASKED.search(lowered) or _conditional(lowered):
        return []
    dues = [due for due in find_dues(sentence, said, works_on) if due.at.date() >= said.date()]
    clauses = _clauses(lowered, dues, said)
    timed: list[tuple[_Clause, Due | None]] = [
        (clause, clause.due) for clause in clauses if clause.due and clause.acts and not clause.blocked
    ]
    if not timed:
        timed = _beside(clauses)
    chosen = timed or [(clause, None) for clause in clauses if clause.strong and not clause.blocked][-1:]
    return [_found(text, start, end, clause, due) for clause, due in chosen]


def _beside(clauses: list[_Clause]) -> list[tuple[_Clause, Due | None]]:
    pairs = list(pairwise(clauses))
    for clause, other in [*pairs, *((second, first) for first, second in pairs)]:
        if clause.acts and not clause.blocked and not clause.due and other.due and not other.blocked:
            return [(clause, other.due)]
    return []


def _conditional(lowered: str) -> bool:
    """Whether it hangs on something that may not come; not where it also says "in any case"."""
    return bool(_CONDITION.search(lowered)) and not _ANYWAY.search(lowered)


def _clauses(lowered: str, dues: list[Due], said: datetime) -> list[_Clause]:
    cuts = [0]
    for hit in _CLAUSE.finditer(lowered):
        if not any(due.start < hit.end() and hit.start() < due.end for due in dues):
            cuts += [hit.end()]
    cuts += [len(lowered)]
    whole = any(pattern.search(lowered) for pattern in _NEVER_WHOLE)
    asks = bool(_ASKS_FOR.match(lowered))
    return [
        _Clause(start, end, part, named, whole or _blocked(part, _later(named, said)) or (not start and asks))
        for start, end in pairwise(cuts)
        for part in [lowered[start:end]]
        if part.strip()
        for named in [tuple(due for due in dues if start <= due.start < end)]
    ]


def _later(dues: tuple[Due, ...], said: datetime) -> bool:
    """Whether a day to come is named: what "is done" then is not done yet."""
    return any(due.at.date() > said.date() for due in dues)


def _blocked(clause: str, later: bool) -> bool:
    if any(pattern.search(clause) for pattern in _NEVER):
        return True
    auxiliary = _DONE.search(clause)
    if auxiliary is None or not _PARTICIPLE.search(clause) or _STILL.search(clause):
        return False
    return not (later and auxiliary[0] in ("is", "zijn"))


def _found(text: str, start: int, end: int, clause: _Clause, due: Due | None) -> Found:
    first, last = start, end
    if end - start > _LONGEST:
        first, last = start + clause.start, start + clause.end
    while last > first and text[last - 1].isspace():
        last -= 1
    while first < last and text[first].isspace():
        first += 1
    what = " ".join(text[first:last].split())[:_LONGEST]
    return Found(first, last, what, due.at if due else None, due is not None and due.whole_day)


def _once(found: list[Found]) -> list[Found]:
    """Each promise once: by its time; one without a time only where none names any."""
    by_due: dict[datetime | None, Found] = {}
    for each in found:
        by_due.setdefault(each.due, each)
    if len(by_due) > 1:
        by_due.pop(None, None)
    return list(by_due.values())
