"""The fields of a voice, and the words by which tables name them, in Dutch and English."""

import re
from functools import lru_cache

FIELD_WORDS = {
    "text": (
        "text tekst opmerking opmerkingen toelichting bericht berichttekst vraag klacht comment comments feedback "
        "review reviewtext narrative complaintnarrative consumernarrative consumercomplaintnarrative question message "
        "body content inhoud reactie klachttekst omschrijving description utterance tweet post verbatim suggestie wens "
        "vraagtekst klachtomschrijving beoordelingstekst openantwoord opentoelichting melding verhaal customermessage"
    ),
    "answer": (
        "answer antwoord reply referenceanswer referentieantwoord onsantwoord response agentresponse "
        "agentreply antwoordtekst gegevenantwoord ourresponse ouranswer"
    ),
    "said_at": (
        "date datum created createdat saidat timestamp datetime tijdstip datumtijd ontvangen ontvangstdatum received "
        "receivedat datereceived receiveddate invuldatum ingevuldop recordeddate startdate verzonden verzonddatum "
        "verzenddatum sentat postedat aangemaakt aanmaakdatum publicatiedatum submittedat depotdat "
        "meldingsdatum klachtdatum timestampms dateunixtime completedat"
    ),
    "answered_at": "answeredat beantwoord beantwoordop antwoorddatum datumantwoord replydate repliedat responsedate",
    "author": (
        "author auteur naam name klantnaam klant customer customername schrijver afzender sender sendername from van "
        "fullname volledigenaam username reviewer reviewername autperson"
    ),
    "email": "email emailadres emailaddress mail mailadres emailklant customeremail recipientemail",
    "phone": "phone telefoon telefoonnummer phonenumber tel mobiel mobile telnr gsm mobielnummer",
    "customer_number": "customernumber klantnummer klantnr customerid klantid relatienummer customerno debiteurnummer",
    "handle": "handle screenname twitterhandle gebruikersnaam accountnaam",
    "subject": "subject onderwerp title titel betreft issue",
    "adviser": "adviser advisor medewerker agent behandelaar agentname medewerkernaam adviseur employee",
    "score": (
        "score cijfer nps npsscore rating rapportcijfer waardering beoordeling tevredenheid csat sterren stars "
        "aanbeveling grade"
    ),
    "id": "id nummer nr responseid reactieid docid uniqueid kenmerk referentie klachtnummer zaaknummer complaintid "
    "publicid ticketid messageid reviewid commentid utteranceid tweetid guid uuid",
    "duration": "duration duur gespreksduur durationseconds callduration talktime",
    "waited": "waited wachttijd waittime waiting waitingtime queuetime wachtduur",
    "conversation": "conversation conversationid convoid gesprek gespreksid threadid gespreknummer thread",
}
"""Field to the words that name its column: lower case, without anything but letters and digits."""

FIELDS = tuple(FIELD_WORDS)
"""Every field that a column can be mapped to."""

_WORDS = {word: field for field, words in FIELD_WORDS.items() for word in words.split()}
_SEPARATORS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """A name without case, spaces and signs: ``E-mail adres`` is ``emailadres``."""
    return _SEPARATORS.sub("", name.casefold())


def field_named(name: str) -> str:
    """The field that this column name means, ``""`` when it means none that we know."""
    return _WORDS.get(squeezed(name), "")
