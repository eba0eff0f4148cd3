"""What the people of the example wrote about their changes: reasons, wordings, what they told everyone."""

LETTER_NEED = "Begrijpen wat er in de rentebrief staat"
PORTAL_NEED = "De jaaropgave kunnen vinden"

CAMPAIGN = "Rentedagen: radio en krant"
OUTAGE = "Storing van de app en Mijn Linde"

LETTER = "De rentebrief op één kantje, met bovenaan wat u per maand gaat betalen"
LETTER_IDEA = (
    "Eén kantje in gewone taal. Bovenaan: dit betaalt u nu, dit gaat u per maand betalen bij 5, 10 en 20 jaar, en vóór "
    "deze dag moet u kiezen. De tabel met percentages en de voorwaarden gaan naar de achterkant."
)
LETTER_YES = (
    "Wij vroegen het aan tien klanten die erover geschreven of gebeld hadden, en de meesten zeggen dat het helpt. "
    "Juridische Zaken heeft de tekst gelezen: alles wat erin moet staan, staat erin. Wij verwachten dat de helft van "
    "de "
    "vragen wegblijft."
)
LETTER_DOING = "Willemijn Bruggink, klant en tekstschrijver, leest mee. De drukker krijgt het ontwerp over twee weken."
LETTER_DID = (
    "Elke brief over het einde van een rentevaste periode is nu één kantje, met bovenaan wat u nu betaalt, wat u "
    "straks "
    "per maand betaalt en voor welke dag u kiest"
)
LETTER_TOLD = {
    "subject_nl": "U vroeg het ons, en het is veranderd: de rentebrief",
    "text_nl": "U liet ons weten dat onze brief over het einde van de rentevaste periode niet te begrijpen was, en "
    "dat er "
    "niet in stond wat u per maand gaat betalen. U was niet de enige.\n\n"
    "Die brief is veranderd. Hij is nu één kantje. Bovenaan staat wat u nu betaalt, wat u straks per maand betaalt en "
    "voor "
    "welke dag u kiest. De rest staat op de achterkant.\n\n"
    "U hoeft niets te doen. De eerstvolgende brief over uw rente ziet er zo uit. Hebt u nog een oude brief liggen en "
    "wilt "
    "u weten wat u per maand gaat betalen? Belt of schrijft u ons, dan rekenen wij het voor u uit.\n\n"
    "Dank u wel dat u de tijd nam om het ons te vertellen.",
    "points_nl": "U vroeg ons om een rentebrief die te begrijpen is.\n"
    "De brief is nu één kantje, met bovenaan wat u straks per maand betaalt.\n"
    "U hoeft niets te doen; de volgende brief ziet er zo uit.\n"
    "Ligt er nog een oude brief? Dan rekenen wij het bedrag nu voor u uit.",
    "subject_en": "You asked us, and it has changed: the letter about your interest",
    "text_en": "You told us that our letter about the end of the fixed-rate period could not be understood, and did "
    "not say "
    "what you would pay per month. You were not the only one.\n\n"
    "That letter has changed. It is one page now. At the top it says what you pay now, what you will pay per month, "
    "and "
    "by which day you choose. It is still in Dutch, but in plain Dutch.\n\n"
    "You do not have to do anything. Do you still have an old letter, and would you like to know your monthly amount? "
    "Tell us, and we will work it out for you.\n\n"
    "Thank you for taking the time to tell us.",
    "points_en": "You asked us for a letter about your interest that can be understood.\n"
    "It is one page now, with what you will pay per month at the top.\n"
    "You do not have to do anything; the next letter looks like that.",
}
TRIAL = {
    "subject_nl": "Een vraag aan u over de rentebrief",
    "text_nl": "U liet ons weten dat onze brief over het einde van de rentevaste periode niet te begrijpen was.\n\n"
    "Wij overwegen hem te veranderen: één kantje, met bovenaan wat u nu betaalt, wat u straks per maand betaalt en "
    "voor "
    "welke dag u kiest. De rest komt op de achterkant.\n\n"
    "Voordat wij besluiten, horen wij graag van u: helpt dit? Antwoordt u gerust in een paar woorden: ja, een beetje "
    "of "
    "nee, en waarom. Wij vragen dit aan tien klanten, en wij lezen elk antwoord.",
    "points_nl": "U liet ons weten dat de brief over uw rente niet te begrijpen was.\n"
    "Wij denken aan één kantje, met bovenaan wat u straks per maand betaalt.\n"
    "Helpt dat u? Ja, een beetje of nee, en waarom?\nDank u wel; u hoort van ons wat er besloten wordt.",
    "subject_en": "A question for you about the letter on your interest",
    "text_en": "You told us that our letter about the end of the fixed-rate period could not be understood.\n\n"
    "We are thinking of changing it: one page, with at the top what you pay now, what you will pay per month, and by "
    "which day you choose. The rest goes on the back.\n\n"
    "Before we decide, we would like to hear from you: does this help? A few words are enough: yes, a little or no, "
    "and "
    "why. We ask ten customers, and we read every answer.",
    "points_en": "You told us that the letter about your interest could not be understood.\n"
    "We are thinking of one page, with what you will pay per month at the top.\n"
    "Does that help you? Yes, a little or no, and why?",
}
TRIAL_ANSWERS = (
    ("helps", "Ja. Dit had ik in één keer begrepen, en dan had ik niet hoeven bellen."),
    ("helps", "Ja natuurlijk. Het bedrag bovenaan, daar begin ik toch te lezen."),
    ("partly", "Een beetje. Het bedrag is goed, maar bij ons zijn er drie delen; zet die er dan ook bij."),
    ("helps", "Ja graag. En mag de letter een maatje groter?"),
    ("helps", "Yes. One page, one number, one date. That is all that I asked for."),
    ("helps", "Dit kan ik mijn moeder geven zonder erbij te gaan zitten."),
    ("not", "Nee. Ik wil iemand spreken die het met mij doorneemt, en geen papier, ook geen kort papier."),
    ("helps", "Helpt. Vooral de dag waarop ik moet kiezen, die zocht ik me suf."),
    ("helps", "Ja hoor, doen. Had al jaren gekund."),
)
"""Of ten who were asked; the tenth never answered."""

PUBLIC_TITLE_NL = "Een rentebrief die u begrijpt"
PUBLIC_NL = (
    "Klanten schreven en belden ons dat onze brief over het einde van de rentevaste periode niet te begrijpen was. Er "
    "stonden elf percentages in, maar niet wat u per maand gaat betalen.\n\n"
    "De brief is nu één kantje. Bovenaan staat wat u nu betaalt, wat u straks per maand betaalt en voor welke dag u "
    "kiest. Voordat wij dat besloten, vroegen wij tien klanten of het zou helpen."
)
PUBLIC_TITLE_EN = "A letter about your interest that you can understand"
PUBLIC_EN = (
    "Customers wrote and called to say that our letter about the end of the fixed-rate period could not be understood. "
    "It held eleven percentages, but not what you would pay per month.\n\n"
    "The letter is one page now. At the top it says what you pay now, what you will pay per month and by which day you "
    "choose. Before we decided that, we asked ten customers whether it would help."
)

PORTAL = "Mijn Linde vernieuwd, met de Wooncoach"
PORTAL_IDEA = (
    "Mijn Linde krijgt een nieuwe voorpagina met de Wooncoach: vlogs, kleurtrends en een persoonlijke tegel. Alles "
    "staat "
    "dan op een nieuwe, logische plek, zodat klanten hun jaaropgave en andere stukken zelf vinden."
)
PORTAL_YES = (
    "Dit wordt het visitekaartje van De Linde. Zes van de tien vragen naar de jaaropgave blijven straks weg. Een proef "
    "met klanten is niet nodig: het bureau heeft het getest."
)
PORTAL_DOING = "Het bureau bouwt; de Wooncoach is gevonden en de eerste zes vlogs zijn opgenomen."
PORTAL_DID = "Mijn Linde is vernieuwd. De jaaropgave staat voortaan onder uw naam, bij Archief, Fiscaal"

ENGLISH = "Alle brieven ook in het Engels"
ENGLISH_IDEA = "Een Engelse vertaling van elke brief, naast de Nederlandse."
ENGLISH_ASKED = ("b0072", "b0073", "b0125", "c0026", "c0082")
ENGLISH_NO = (
    "Een brief over een hypotheek moet tot op het woord kloppen, ook voor de rechter. Twee talen die net iets anders "
    "zeggen, dat risico leggen wij niet bij de klant. Wat wij wel doen: eenvoudig Nederlands, en een adviseur die de "
    "brief op afspraak in het Engels met u doorneemt, zonder kosten."
)
ENGLISH_TOLD = {
    "subject_nl": "U vroeg het ons, en dit is ons antwoord: brieven in het Engels",
    "text_nl": "U vroeg ons om onze brieven ook in het Engels te sturen. Wij hebben er goed naar gekeken en doen het "
    "niet: "
    "een brief over een hypotheek moet tot op het woord kloppen, en twee talen die net iets anders zeggen, dat risico "
    "leggen wij niet bij u.\n\n"
    "Wat wij wel doen: onze brieven worden korter en eenvoudiger, en een adviseur neemt een brief graag in het Engels "
    "met "
    "u door. Dat kost u niets.\n\nDank u wel dat u het ons vertelde.",
    "points_nl": "U vroeg om brieven in het Engels. Dat doen wij niet, omdat twee talen net iets anders kunnen "
    "zeggen.\n"
    "Een adviseur neemt de brief graag in het Engels met u door, zonder kosten.",
    "subject_en": "You asked us, and this is our answer: letters in English",
    "text_en": "You asked us to send our letters in English too. We looked at it carefully and will not do it: a "
    "letter "
    "about a mortgage has to be right to the word, and two languages that say slightly different things are a risk "
    "that "
    "we do not put on you.\n\n"
    "What we do: our letters become shorter and simpler, and an adviser will gladly go through a letter with you in "
    "English. That costs you nothing.\n\nThank you for telling us.",
    "points_en": "You asked for letters in English. We will not do that, as two languages can say slightly different "
    "things.\nAn adviser will gladly go through a letter with you in English, at no cost.",
}

MESSAGES = "Een bericht bij elke stap van een factuur uit het bouwdepot"
MESSAGES_IDEA = "Een sms of mail bij vier momenten: ontvangen, compleet (of wat er mist), goedgekeurd, betaald."
MESSAGES_ASKED = ("a0149", "b0067", "b0102", "b0129")
MESSAGES_LATER = (
    "Het systeem achter het bouwdepot wordt in het voorjaar vervangen. Wat wij nu in het oude bouwen, gooien wij dan "
    "weg. "
    "Bij de keuze van het nieuwe kijken wij hier opnieuw naar."
)

TOLD_OF_DEPOSIT = ("b0028", "a0160", "b0024", "a0116", "b0032", "a0148", "a0084", "a0061", "b0010", "a0071")
"""Letters about waiting for the money of the building deposit."""
HANDED_ON = (
    "Dit is de zoveelste brief over het bouwdepot die ik deze week las. Vijf werkdagen beloven en er weken over doen: "
    "dat "
    "moeten wij niet uitleggen, dat moeten wij veranderen. Wie pakt dit op?"
)
TAKEAWAY = (
    "Tweets lees ik elke dag, brieven had ik in geen jaar gelezen. De tweets gaan over drie dagen storing. De brieven "
    "gaan "
    "over mensen zonder keuken."
)
TAKEAWAY_SURVEY = "Ik keek altijd naar het cijfer. In de open antwoorden staat bijna letterlijk wat wij moeten doen."
