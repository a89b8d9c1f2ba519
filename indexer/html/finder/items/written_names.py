"""Which words of a text are a name, where "Posté par" or "a dit" stands beside it?"""

from __future__ import annotations

import re

from indexer.html.finder.comment_words import is_button
from indexer.html.finder.date_marks import is_dated

SAYS = re.compile(
    r"(?i)^(?:(?:commentaire|message|réponse|réaction|avis|contribution|témoignage)\s+(?:n[°o]\s*|#)?\d{1,5}\s*[:,–-]?\s*)?"
    r"(?:(?:posté|écrit|publié|envoyé|soumis|ajouté|proposé|rédigé|commentaire|message|réponse|posted"
    r"|written|submitted|de|from)\s+)?(?:par|de|by|from)\s*:?(?:\s+|$)|^(?:auteur|author|nom|name|pseudo)\s*:\s*"
)
DAY = r"(?:lun|mar|mer|jeu|ven|sam|dim)"
SAID = (
    r"(?:a\s+(?:écrit|dit|répondu|commenté|réagi|posté)|écrit|says?|said|wrote|replied|commented"
    # « Léon dit Pépé » is a name
    rf"|dit(?=\W*$|\s*[:,|«\"(…–—-]|\s+(?:le (?:\d|{DAY})|à \d)))"
)
"""What stands behind the name of who wrote."""
_LEAD_IN = re.compile(
    rf"(?i)[\s,]*(?:\b(?:{SAID}"
    # « Jean le Bon » is a name
    r"|le(?=\s*$|\s+(?:\d|(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche\b))"
    # « Zoé sur <time>… »: Serendipity's « on »
    r"|(?-i:sur|on|at|à)(?=\s*$))\b.*)?[\s:,;|•·–—»-]*$"
)
_WEEKDAY = re.compile(
    r"(?i)(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_TALLY = re.compile(
    r"(?i)\d[\d\s.]*(?:messages?|posts?|commentaires?|contributions?|points?|sujets?|abonnés?|avis)"
)
UNFINISHED = re.compile(r"(?i)(?:^|\s)(?:par|by|de|le|à|from|n°)$")

MOST_WORDS = 6
"""Of a name, where nothing but its place says that it is one."""


def cleaned_name(text: str, limit: int = MOST_WORDS) -> str | None:
    """A name of `limit` words at most, from the text where it is said; None for any other text.

    >>> cleaned_name("Posté par Zoé"), cleaned_name("Zoé a dit :"), cleaned_name("Répondre")
    ('Zoé', 'Zoé', None)
    >>> cleaned_name("1 245 messages"), cleaned_name("dimanche")
    (None, None)
    """
    name = " ".join(text.split())
    if len(name) > 120:
        return None
    name = bare_name(name)
    if (
        not 1 <= len(name) <= 10 * limit
        or len(name.split()) > limit
        or is_button(name)
        or is_dated(name)
    ):
        return None
    if UNFINISHED.search(name) or _WEEKDAY.fullmatch(name) or _TALLY.fullmatch(name):
        return None
    if name[-1] in "!?…" or (name.endswith(".") and len(name.split()) > 3):
        return None
    return name


def bare_name(text: str) -> str:
    """Return a text without what says that it is a name, whatever is left: "1984 a dit :"."""
    name = SAYS.sub("", text)
    # « Le Guen le 3 mars », and « Le 3 mars » is no name
    first = 3 if name.lower().startswith("le ") else 0
    name = name[:first] + _LEAD_IN.sub("", name[first:])
    return name.strip(' :,;|•·–—»«"#@>¶§')
