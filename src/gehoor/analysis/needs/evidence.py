"""Sentences that say beyond doubt that something went well, or that it did not. Dutch and English.

A word that sounds content proves little: it is wished for, denied, said of somebody else's soup, or taken back in the
next clause. So content is believed only where a customer says in so many words that it went well, was settled, or
that they are pleased, without a question, a wish, a denial or a "but". Much true praise is missed by that, on purpose.
"""

import re
from collections.abc import Sequence

from gehoor.analysis.needs.sentences import Span, sentences
from gehoor.analysis.needs.stance import CONTENT, DISCONTENT, VERY_CONTENT
from gehoor.analysis.needs.words import WORD
from gehoor.kernel.patterns import regex

_WELL_NL = (
    r"(?:heel |erg |zeer |zo |super|reuze)?(?:prima|keurig|netjes|goed|vlot|snel|soepel|perfect|uitstekend|prettig)"
)
_DONE_NL = (
    r"(?:gegaan|geholpen|geregeld|opgelost|verlopen|teruggebeld|afgehandeld|betaald|uitbetaald|ontvangen|beantwoord"
    r"|te woord gestaan|verwerkt|uitgelegd)"
)
_SOME = r"(?:(?:een|\u00e9\u00e9n|twee|drie|vier|vijf|zes|zeven|tien|paar|\d+) )?"
_TIME_NL = rf"{_SOME}(?:week|weken|dag|dagen|uur|minuten|kwartier)"
_DONE_EN = r"(?:paid|answered|solved|sorted|fixed|settled|resolved|handled|processed)"
_PLEASED_EN = r"(?:happy|pleased|satisfied|delighted|impressed|grateful|thankful)"
_EVIDENCE = regex(
    rf"\b{_WELL_NL} {_DONE_NL}\b"
    rf"|\b(?:ging|verliep|liep|gaat|verloopt)\b(?: [\w']+){{0,5}} {_WELL_NL}\b"
    rf"|\bbinnen (?:de |het )?{_TIME_NL} (?:al |netjes |gewoon )?{_DONE_NL}\b"
    rf"|\bkeer (?:al )?binnen (?:de |het )?{_TIME_NL}\b"
    r"|\b(?:terug)?gebeld op de minuut|\bop tijd (?:teruggebeld|betaald)"
    r"|\bprecies zoals (?:gevraagd|beloofd|afgesproken)"
    r"|\b(?:ben|zijn|was|waren) (?:er |daar |hier )?(?:heel |zeer |erg |echt |oprecht |ook |meer dan )?"
    r"(?:tevreden|blij met|blij mee|dankbaar)\b"
    r"|\bniets dan lof|\b(?:mijn |onze )?complimenten (?:aan|voor|over)\b|\been (?:8|9|10|acht|negen|tien) voor\b"
    r"|\b(?:dat|het) was (?:echt |heel )?(?:klasse|top|perfect|uitstekend|fantastisch|geweldig)\b"
    r"|\bin (?:\u00e9\u00e9n|een) gesprek geregeld|\bhoefde niets? (?:meer )?te herhalen"
    r"|\b(?:geen klachten|niets te klagen|nergens last van)\b"
    r"|\b(?:hoeft|hoeven) (?:dat |het )?van mij (?:echt |helemaal )*niet\b|\b(?:vooral )?zo houden\b"
    r"|\b(?:houd|laat) (?:het|dit|dat) (?:vooral )?zo\b"
    r"|\b(?:went|goes|works|worked|been going) (?:really |very |so )?(?:well|smoothly|fine|great|perfectly)\b"
    rf"|\b{_DONE_EN} (?:within|in) (?:\w+ )?(?:minutes?|hours?|days?|week)\b"
    rf"|\b(?:am|was|were|are|been) (?:very |really |so |more than )?{_PLEASED_EN} (?:with|about|by|for|that|how)\b"
    r"|\b(?:excellent|great|wonderful|fantastic|perfect|brilliant|superb) (?:service|support|help|staff)\b"
    r"|\b(?:no complaints|nothing to complain|keep it (?:that way|as it is|up))\b"
    r"|\bnever had (?:any |a )?(?:issue|problem)s?\b",
    re.IGNORECASE,
)
_DOUBT = regex(
    r"[?\u2026]|\.\.\.|[\"\u201c\u201d\u201e]"
    r"|\b(?:maar|alleen|toch|helaas|echter|behalve|hoewel|ondanks|zolang|als|indien|mits|tenzij|pas|totdat"
    r"|zou|zouden|hoop|hopelijk|had|hadden|wens|wil|graag|moet|moeten|kan|kunnen|kunt|verwacht\w*|beloofd is"
    r"|trouwens|overigens|by the way"
    r"|but|however|although|though|unless|until|if|should|would|could|hope|hoping|wish|expected|supposed|only)\b",
    re.IGNORECASE,
)
_DENIAL = regex(
    r"\b(?:niet|geen|nooit|nauwelijks|allesbehalve|niks|zonder|not|never|hardly|no|without)\b|n't\b", re.IGNORECASE
)
_TAKEN_BACK = regex(
    r"^\W*(?:maar|alleen|toch|helaas|echter|en toch|jammer|but|only|however|though|still|unfortunately|sadly)\b",
    re.IGNORECASE,
)
_COMPLAINT = regex(
    r"\b(?:schandalig|schandelijk|waardeloos|waardeloze|belachelijk|onacceptabel|onaanvaardbaar|onbehoorlijk"
    r"|onbeschoft|afgescheept|hopeloos|onbereikbaar|ridiculous|unacceptable|terrible|awful|useless|appalling)\b"
    r"|\b(?:ben|zijn|was|waren) (?:ik |wij |we )?(?:er |daar |hier )?(?:heel |zeer |erg |echt |diep |gewoon )?"
    r"(?:boos|kwaad|teleurgesteld|ontevreden|gefrustreerd)\b"
    r"|\bduurt? (?:al |nu |mij |ons |veel |echt |allemaal )*te lang\b"
    r"|\bwacht(?:en|te)? (?:(?:ik|wij|we|nu|er|hier) )*al (?:\w+ ){0,2}(?:dagen|weken|maanden|uur|jaar)\b"
    r"|\bnog (?:steeds|altijd|maar steeds) (?:niet|geen|niks|niets)\b"
    r"|\bnog geen (?:betaling|antwoord|geld|reactie|bericht|brief|bevestiging|cent|uitsluitsel)\b"
    r"|\b(?:weer|opnieuw|alweer) (?:niet|geen|afgekeurd|afgewezen|mis|fout|hetzelfde)\b"
    r"|\b(?:slechte|trage) (?:service|bereikbaarheid|afhandeling|communicatie)\b"
    r"|\b(?:still (?:not|no|nothing|waiting)|still (?:have|has|is|am|are|do|does)n[o']t)\b"
    r"|\bwaiting (?:\w+ )?(?:for |since )(?:\w+ ){0,2}(?:days|weeks|months|hours)\b"
    r"|\b(?:am|are|was|were) (?:very |really |so |deeply )?(?:angry|disappointed|dissatisfied|frustrated|unhappy)\b",
    re.IGNORECASE,
)
_SOFTENED = regex(
    r"\?|\b(?:als|indien|zou|zouden|anders|vroeger|vorige|toen|wanneer|if|when|would|could|before)\b"
    r"|geen probleem|no problem",
    re.IGNORECASE,
)
_DENIED_WITHIN = 25
_FEWEST_WORDS = 4
_SEVERAL = 3
_CONTENT_SHARE = 0.15


def sounds_well(text: str, spans: Sequence[Span] | None = None) -> list[Span]:
    """The sentences (or ``spans``) of ``text`` that say that something went well; none when another takes it back.

    What is taken back: a next sentence that begins with "but", or a text with as many discontent words as content.
    """
    if not _EVIDENCE.search(text):
        return []
    spans = sentences(text) if spans is None else spans
    found = [span for at, span in enumerate(spans) if _well(text, spans, at)]
    return found if found and _weighs_over(text) else []


def _well(text: str, spans: Sequence[Span], at: int) -> bool:
    sentence = text[slice(*spans[at])]
    said = _EVIDENCE.search(sentence)
    if said is None or _DOUBT.search(sentence) or len(sentence.split()) < _FEWEST_WORDS:
        return False
    if any(word in DISCONTENT for word in WORD.findall(sentence.lower())):
        return False
    if _DENIAL.search(sentence, max(0, said.start() - _DENIED_WITHIN), said.start()):
        return False
    return at + 1 == len(spans) or _TAKEN_BACK.match(text[slice(*spans[at + 1])]) is None


def _weighs_over(text: str) -> bool:
    words = WORD.findall(text.lower())
    against = sum(word in DISCONTENT for word in words)
    return against == 0 or against < sum(word in CONTENT or word in VERY_CONTENT for word in words)


def sounds_ill(text: str, spans: Sequence[Span] | None = None) -> list[Span]:
    """The sentences (or ``spans``) of ``text`` that say that something is wrong, late or missing.

    None when the text says anywhere that something went well.
    """
    if not _COMPLAINT.search(text) or _EVIDENCE.search(text):
        return []
    return [span for span in (sentences(text) if spans is None else spans) if _ill(text[slice(*span)])]


def _ill(sentence: str) -> bool:
    said = _COMPLAINT.search(sentence)
    if said is None or len(sentence.split()) < _FEWEST_WORDS or _SOFTENED.search(sentence):
        return False
    return not _DENIAL.search(sentence, max(0, said.start() - _DENIED_WITHIN), said.start())


def mostly_content(well: int, ill: int, of: int) -> bool:
    """Whether most are content, of so many asks: several say so, more than twice as many as complain.

    Complaints are told in a hundred ways and mostly missed here, so a few content voices in a large need prove nothing.
    """
    return well >= max(_SEVERAL, _CONTENT_SHARE * of) and well > 2 * ill
