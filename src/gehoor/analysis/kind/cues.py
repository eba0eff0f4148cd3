"""The phrases that point to a kind, in Dutch and English, each with its weight.

A word ending in ``*`` stands for every word that begins so.
"""

QUESTION = {
    1.2: (
        "hoe kan ik|hoe kom ik|hoe lang|hoeveel|wanneer krijg|wanneer kan|kunt u mij|kun je mij|"
        "kunnen jullie|kan ik|mag ik|moet ik|klopt het dat|ik vraag mij af|ik vroeg me af|mijn vraag|"
        "een vraag|vraagje|wat zijn de kosten|weet u|weten jullie|wat betekent|waar vind ik|waarom moet|"
        "is het mogelijk|how do i|how can i|how long|how much|can i|can you|could you|when will|where can i|"
        "what is|what are|do i need|is it possible|my question|i was wondering|what happens"
    ),
    0.6: (
        "hoe|wanneer|waarom|welke|wat is|wie|waar|graag verneem|graag hoor ik|laat mij weten|laat u mij|"
        "what|why|which|where|who"
    ),
}


COMPLAINT = {
    2.0: (
        "klacht|klachten|ik klaag|dien ik een|complaint|belachelijk|schandalig|schande|onacceptabel|"
        "onaanvaardbaar|unacceptable|disgraceful|ridiculous|ongehoord|oplichters|kifid|ombudsman|waardeloos|"
        "waardeloze|te gek voor woorden|om te huilen|nooit meer|wanprestatie|in gebreke"
    ),
    1.2: (
        "teleurgesteld*|teleurstellend*|ontevreden|boos|woedend|kwaad|gefrustreerd|frustrerend|slecht|"
        "slechte|slechter|ellende|disappoint*|angry|frustrat*|terrible|awful|useless|unhappy|worst|"
        "still waiting|still no|still not|not working|doesn't work|does not work|werkt niet|doet het niet|"
        "ligt eruit|ligt plat|alweer|nog steeds|nog altijd|steeds maar|wachten al|wacht al|al weken|"
        "al maanden|weken later|van het kastje|opnieuw uitleggen|weer uitleggen|voor de zoveelste|niemand|"
        "geen reactie|geen antwoord|niets gehoord|niks gehoord|niet bereikbaar|in de wacht|wachtmuziek|"
        "een half uur|doorverbonden|fout*|verkeerd*|storing|kapot|kwijtgeraakt|kwijt|zat van|ben het zat|"
        "er klaar mee|beu|niet normaal|onbegrijpelijk|verwacht van u"
    ),
    0.6: (
        "helaas|jammer|probleem|problemen|problem|problems|wrong|error|failed|broken|onduidelijk|"
        "omslachtig|traag|trage|langzaam|te laat|te lang|lang duurt|duurt lang|duurt het|wachten|gedoe|"
        "moeizaam|irritant*|slordig|ondanks|maar helaas|unfortunately|slow|late"
    ),
}


COMPLIMENT = {
    2.0: (
        "compliment|complimenten|hulde|petje af|niets dan lof|dikke pluim|chapeau|kudos|well done|thumbs up|"
        "zeer tevreden|heel tevreden|erg tevreden|super geholpen|top geholpen|uitstekend|uitmuntend|geweldig|"
        "fantastisch|excellent|amazing|wonderful|great service|very happy|very satisfied|thank you so much|"
        "heel erg bedankt|ontzettend bedankt"
    ),
    1.2: (
        "fijn dat|wat fijn|blij met|blij dat|erg blij|heel blij|goed geholpen|prima geholpen|snel geholpen|"
        "keurig|netjes|vriendelijk|vriendelijke|behulpzaam|behulpzame|tevreden|goede service|goed contact|"
        "prettig|prettige|helpful|friendly|great|lovely|perfect|bedankt voor|dank voor|dank u wel|dankbaar|"
        "thanks for|thank you for|grateful|top|super|mooi|soepel|vlot|binnen een dag"
    ),
    0.4: ("bedankt|dank|thanks|goed|fijn|prima|good|nice"),
}


WISH = {
    1.6: (
        "zou het fijn vinden|zou fijn zijn|zou mooi zijn|zou handig zijn|zou helpen|zou schelen|het zou|"
        "ik zou willen|wij zouden|ik zou graag|zou graag zien|zou u kunnen overwegen|graag zou ik|mijn wens|"
        "wens|wensen|idee|suggestie|tip|waarom niet gewoon|maak er|geef ons|voeg|it would be|would be nice|"
        "would be great|would love|i wish|suggestion|please add|please make|i would like to see|verbeterpunt|"
        "wat ik mis|ik mis|had ik liever|liever had|liever een|het liefst"
    ),
    0.7: ("graag|zou|zouden|liever|hopelijk|hoop|hope|would like|wish|prefer|mis een|missing"),
}

CUES: dict[str, dict[float, str]] = {
    "question": QUESTION,
    "complaint": COMPLAINT,
    "compliment": COMPLIMENT,
    "wish": WISH,
}

NEGATIONS = frozenset({"niet", "geen", "nooit", "not", "no", "never", "n't", "niks", "allesbehalve", "weinig"})
