"""Made-up voices about a handful of needs, for the tests of the needs."""

import numpy as np

ABOUT = {
    "rente": [
        "de rente van mijn hypotheek is te hoog",
        "ik wil een lagere rente op mijn hypotheek",
        "rente hypotheek verlagen",
    ],
    "app": ["ik kan niet inloggen op de app", "inloggen op de app lukt niet", "de app weigert mijn inlogcode"],
    "afspraak": [
        "ik wil een afspraak met een adviseur",
        "graag een afspraak op kantoor",
        "afspraak met de adviseur verzetten",
    ],
    "taxatie": ["de kosten van de taxatie zijn te hoog", "waarom kost de taxatie zoveel", "kosten taxatie onduidelijk"],
    "adres": ["mijn adres is gewijzigd", "adreswijziging na verhuizing doorgeven", "hoe wijzig ik mijn adres"],
    "brief": [
        "ik kreeg geen antwoord op mijn brief",
        "mijn brief is niet beantwoord",
        "wanneer krijg ik antwoord op mijn brief",
    ],
}
EXTRA = ["", "vandaag", "al weken", "alstublieft", "sinds kort", "opnieuw", "helaas", "nog steeds"]


def voices():
    """Texts, true need of each, and vectors: (144), (144), (144, 32) of length 1."""
    rows = [
        (f"{text} {extra}".strip(), at) for at, about in enumerate(ABOUT.values()) for text in about for extra in EXTRA
    ]
    labels = np.array([label for _, label in rows])
    return [text for text, _ in rows], labels, blobs(labels)


def blobs(labels, d=32, spread=0.25, seed=0):
    """Vectors of length 1 around one direction a label, all shifted the same way as E5's are."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(int(labels.max()) + 1, d))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    vectors = middles[labels] + spread * random.normal(size=(len(labels), d)) / np.sqrt(d) * 2 + 1.0
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
