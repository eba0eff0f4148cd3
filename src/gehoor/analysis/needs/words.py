"""Words of Dutch and English: which carry no topic, and what their dictionary form is."""

import re
from functools import lru_cache

import simplemma

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+(?:[.,]\d+)*")

DUTCH = frozenset(
    """
    aan aangezien achter af afgelopen al alle alleen allemaal alles als alsnog alsof altijd ander andere anders
    andermaal beetje behalve beide bent ben best beste betreft bij bijna bijvoorbeeld binnen blijf blijft blijken
    blijkt boven bovendien buiten circa daar daarbij daardoor daarin daarmee daarna daarnaast daarom daarover daarvan
    daarvoor dan dat de deed den der derhalve des deze dezelfde die diens dient dienen dit doch doe doen doet door
    doordat dus echt echter een eens eerder eerst eerste eigen eigenlijk elk elke en enige enkel enkele er eraan erg
    erin ermee ertoe erop erover ervan ervoor even evenals eventueel ga gaan gaat gebeuren gebeurt gedaan geef geen
    gegaan gehad geheel gekregen geleden gemaakt geven geweest geworden ging goed graag graage haar had hadden hallo
    heb hebben hebt heeft heel hele hem hen het hetgeen hetzelfde hier hierbij hierdoor hierin hiermee hierover
    hiervan hiervoor hij hoe hoeveel hoewel hoi hou houden hun ieder iedere iedereen iemand iets ik in indien inzake
    is ja jaar je jij jou jouw jullie kan kom komen komt kon konden krijg krijgen krijgt kreeg kun kunnen kunt laat
    laatste langer laten later lang liever maar maak maakt maand maar maken man me mede mee meer meest men met
    mevrouw meneer mij mijn mijns minder misschien mocht moest moesten moet moeten mogelijk mogen momenteel na naar
    naast namelijk nadat nee neem nemen net niemand niet niets nieuw nieuwe nodig nog nogmaals nooit nu of ofwel om
    omdat omtrent onder ondanks ons onze ooit ook op opnieuw over overigens per plaats precies recent reeds samen
    sinds snel soms staan staat steeds sommige te tegen ten tenzij ter terwijl tevens tijdens toch toe toen tot
    totaal tussen twee u uit uw vaak van vanaf vandaag vanuit vanwege veel verder verschillende via vind vinden
    vindt volgens voor vooral voordat vorig vorige waar waarbij waardoor waarin waarmee waarna waarom waarop
    waarvan waarvoor wanneer want waren was wat we week weer weet weg wel welk welke weten werd werden weinig wie
    wij wil wilde willen wilt word worden wordt wou zal ze zeer zeg zeggen zei zeker zelf zelfde zelfs zich zie zien
    ziet zij zijn zo zoals zodat zodra zonder zou zouden zowel zullen zult
    dag dank dankje dankuwel bedankt alvast groet groeten vriendelijke geachte heer mvg hoogachtend dame dames heren
    vraag vragen antwoord antwoorden klopt kloppen lukt lukken
    """.split()
)
ENGLISH = frozenset(
    """
    a about above across actually after again against ago all almost already also although always am an and another
    any anybody anymore anyone anything anyway are aren't around as ask asked asking at away back be became because
    become been before being below best better between both but by call came can can't cannot come comes coming could
    couldn't currently day days did didn't do does doesn't doing don't done down due during each either else enough
    even ever every everyone everything exactly far few find first for from further gave get gets getting give given
    gives go goes going gone gonna good got gotta great had hadn't happen happened happening has hasn't have haven't
    having he hello help her here hers herself hey hi him himself his how however i i'd i'll i'm i've if im in
    instead into is isn't it it's its itself ive just keep kind know last later least let let's like long look
    looking lot lots made make makes making many may maybe me mean might mine more most much must my myself near
    need needed needs neither never new next no nobody none nor not nothing now of off often ok okay on once one only
    onto or other others our ours ourselves out over own part people perhaps please possible put quite rather really
    reason right said same saw say saying says see seem seems seen several shall she should shouldn't since so some
    somebody someone something sometimes somewhere soon still such sure take taken takes taking tell than thank
    thanks that that's the their theirs them themselves then there there's these they thing things think this those
    though through thus till time to today together told too took toward towards tried try trying two under until up
    upon us use used using usually very via want wanted wants was wasn't way we we're we've well went were weren't
    what what's whatever when where where's whether which while who who's whole whom whose why will wish with within
    without won't wonder wondering would wouldn't yes yet you you'd you'll you're you've your yours yourself
    dont cant didnt doesnt isnt wont whats id
    """.split()
)
STOP_WORDS = {"nl": DUTCH, "en": ENGLISH}
_ALL = DUTCH | ENGLISH


def content_words(text: str) -> list[str]:
    """Lower-cased words of ``text`` without stop words of either language, numbers and single letters."""
    return [word for word in WORD.findall(text.lower()) if word not in _ALL and len(word) > 1 and not word[0].isdigit()]


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str = "nl") -> str:
    """Dictionary form of a lower-cased word; Dutch and English, the other one where the first does not know it."""
    both = ("nl", "en") if language == "nl" else ("en", "nl")
    return simplemma.lemmatize(word, lang=both).lower()
