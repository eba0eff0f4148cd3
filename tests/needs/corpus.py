"""Sixty short voices about six things, written as people write."""

from itertools import product

BOUWDEPOT = [
    "De uitbetaling van mijn bouwdepot duurt al zes weken, de aannemer wacht op zijn geld.",
    "Waar blijft het geld uit ons bouwdepot? De factuur van de keuken ligt er al een maand.",
    "Ik heb drie keer een declaratie voor het bouwdepot ingediend en hoor niets.",
    "Wanneer wordt de factuur uit het bouwdepot nu eindelijk betaald?",
    "Door de trage uitbetaling uit het bouwdepot heeft mijn aannemer het werk stilgelegd.",
    "Het bouwdepot is een ramp: elke rekening ligt weken bij u op de stapel.",
    "Mijn declaratie bouwdepot is weer afgewezen zonder uitleg, terwijl de bon erbij zat.",
    "De uitbetaling uit het bouwdepot was binnen twee dagen geregeld, heel tevreden, dank u wel.",
    "Hoe lang duurt het voor een rekening uit het bouwdepot wordt overgemaakt?",
    "Wij betalen de aannemer nu zelf voor omdat u het bouwdepot niet uitkeert.",
]
APP = [
    "App doet het weer niet, ik kan niet inloggen.",
    "Inloggen in de app lukt niet sinds de update.",
    "De app geeft steeds een storing als ik wil inloggen.",
    "Weer een storing in jullie app!",
    "App ligt eruit, al de hele ochtend.",
    "Kan iemand die app eens repareren? Inloggen gaat niet.",
    "De app crasht bij het openen op mijn telefoon.",
    "Storing app duurt nu al twee uur.",
    "Wat een prima app, werkt vlot en is overzichtelijk.",
    "De app blijft hangen op het inlogscherm.",
]
RENTE = [
    "Kan ik mijn rente tussentijds laten verlagen nu de hypotheekrente daalt?",
    "Mijn rentevaste periode loopt af, wat wordt de nieuwe rente?",
    "Ik wil weten of rentemiddeling voor mij voordelig is.",
    "Waarom betaal ik een hogere rente dan nieuwe klanten?",
    "Het renteverlengingsvoorstel is onduidelijk, welke rente krijg ik straks?",
    "Kan de rente omlaag nu mijn huis meer waard is dan de lening?",
    "Wat kost het om mijn rente opnieuw vast te zetten voor tien jaar?",
    "Bij een andere bank is de rente veel lager, kunt u daar iets aan doen?",
    "Ik kreeg geen bericht dat mijn rentevaste periode afloopt.",
    "Hoe wordt de risico-opslag op mijn rente berekend?",
]
AFLOSSEN = [
    "Hoeveel mag ik per jaar boetevrij aflossen op mijn hypotheek?",
    "De ene medewerker zegt tien procent boetevrij aflossen, de andere twintig.",
    "Ik wil extra aflossen zonder boete, hoe doe ik dat?",
    "Is extra aflossen boetevrij als ik verhuis?",
    "Mag ik met een schenking boetevrij aflossen op de lening?",
    "Ik heb extra afgelost maar mijn maandbedrag is niet aangepast.",
    "Hoe bereken ik de boete als ik mijn hele hypotheek aflos?",
    "Wanneer zie ik mijn extra aflossing terug in het overzicht?",
    "Geldt het boetevrije deel van aflossen per leningdeel of over het geheel?",
    "Kan ik elke maand automatisch een bedrag extra aflossen?",
]
TELEFOON = [
    "Ik stond vijftig minuten in de wacht aan de telefoon.",
    "Waarom krijg ik nooit iemand aan de lijn bij de klantenservice?",
    "Telefonisch bent u niet bereikbaar, ik heb vijf keer gebeld.",
    "Elke keer als ik bel krijg ik een andere medewerker en moet ik alles opnieuw uitleggen.",
    "De wachttijd bij de klantenservice is veel te lang.",
    "Ik werd teruggebeld binnen het uur, heel vriendelijk en deskundig geholpen.",
    "Er zou iemand terugbellen maar dat is niet gebeurd.",
    "Na een half uur wachten werd de verbinding met de klantenservice verbroken.",
    "Uw keuzemenu aan de telefoon is eindeloos.",
    "Bellen met de klantenservice kost mij telkens een halve middag.",
]
SCHEIDING = [
    "Wij gaan scheiden, wie blijft er aansprakelijk voor de hypotheek?",
    "Door onze scheiding wil ik mijn ex laten ontslaan uit de hoofdelijke aansprakelijkheid.",
    "Wat moet ik aanleveren om de hypotheek na een scheiding op mijn naam te zetten?",
    "Mijn ex-partner staat na de scheiding nog steeds op de hypotheek.",
    "Kan ik na de echtscheiding in het huis blijven wonen met deze lening?",
    "De scheiding is rond maar u verwerkt het ontslag uit aansprakelijkheid niet.",
    "Hoe lang duurt het om een ex-partner van de hypotheekakte te halen?",
    "Ik zoek hulp bij de overname van de hypotheek na scheiding.",
    "Na de scheiding krijg ik nog steeds post op naam van mijn ex.",
    "Welke kosten rekent u voor ontslag hoofdelijke aansprakelijkheid bij scheiding?",
]
THEMES = {
    "bouwdepot": BOUWDEPOT,
    "app": APP,
    "rente": RENTE,
    "aflossen": AFLOSSEN,
    "telefoon": TELEFOON,
    "scheiding": SCHEIDING,
}
CHANNELS = {
    "bouwdepot": "letter",
    "app": "x",
    "rente": "email",
    "aflossen": "email",
    "telefoon": "call",
    "scheiding": "email",
}
SAID = [(theme, number, THEMES[theme][number]) for number, theme in product(range(10), THEMES)]
