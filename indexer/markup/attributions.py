"""Whom does the line above a quotation, or its first, name as the one who wrote it?

Forums write that line themselves, each in its own words: "Zoé a écrit :", "Citation de: Zoé le
12 mars 2024 à 10:20", "Le 12/03/2024 à 10:20, Zoé a dit :".
"""

from __future__ import annotations

import re

_LONGEST = 400
_MOMENT = r"(?:[\s↑,]{0,3}[^:\n]{0,40}\d{1,2}\s?[:h]\s?\d{2}(?:\s?[ap]m)?)?"
_WHEN = r"(?:le|il y a|on|à l['’]instant)\b[^\n]{1,60}?, "
_VERB_OF_SAYING = r"(?:a (?:écrit|dit|répondu|posté)|wrote|said|posted)"
_WROTE = re.compile(
    rf"@?(?:{_WHEN})?(?P<name>[^\n,:][^\n:]{{0,79}}?)\s{_VERB_OF_SAYING}"
    rf"(?:\sdans\s[^:\n]{{1,120}})?(?:\s?:|(?=\s(?:le|on)\s)){_MOMENT}[\s↑]*",
    re.IGNORECASE,
)
_QUOTE_OF = (
    r"(?:citation (?:de|originale de|originale postée par)|citation|quote from|quote"
    r"|(?:envoyé|posté|publié|écrit) (?:initialement |à l'origine )?par|originally posted by"
    r"|message (?:initial )?de)"
)
_DAY = r"\s(?:le|on)\s(?=[^\n]{0,12}\d)[^\n]{1,60}"
_NAMED = re.compile(rf"{_QUOTE_OF}\s?:?\s(?P<name>[^\n:]{{1,80}}?)(?:{_DAY})?[\s:]*", re.IGNORECASE)
_DATED = re.compile(r"(?i)(?:citation|quote) ?\((?P<name>[^\n@]{1,80}?) @ [^\n()]{1,60}\)")
"""As Invision wrote it: QUOTE (Zoé @ 3 mars 2024, 10:22)."""
_IN_SENTENCES = re.compile(r"[,;!?…«»]")
_CAPITALISED = re.compile(
    r"(?:[^\W_a-zà-ÿ]|(?:de|du|d['’]|le|la) ?[A-ZÀ-Þ])\S*"
    r"(?: (?:[^a-zà-ÿ\s]\S*|(?:d[eu]s?|l[ea]s?|et)))*"
)
"""A name where no colon ends it: all its words but particles have a capital."""
_ANYBODY = re.compile(
    r"(?i:ils?|elles?|on|je|tu|nous|vous|une?|[mts](?:on|a|es)|[nv](?:otre|os)|leurs?|c(?:e|et|ette|es)"
    r"|c(?:elui|elle|eux)|qui|que|quelqu['’]une?)\b|[Ll](?:es?|a) (?=[a-zà-ÿ])|[Ll]['’](?=[a-zà-ÿ])"
)
"""How somebody without a name begins: « mon voisin », « le ministre »."""
_SAYS = re.compile(
    r"^[-–—~\s]+|\s*(?:\b(?:a (?:écrit|dit|répondu)|wrote|said)\b[^:]{0,40})?[\s:]+$", re.IGNORECASE
)


def quoted_by(line: str) -> str | None:
    """Return the name in a line that a forum puts above a quotation; None for another line.

    >>> quoted_by("Zoé a écrit : 12 mars 2024 10:20"), quoted_by("Citation de: Zoé le 12 mars")
    ('Zoé', 'Zoé')
    >>> quoted_by("Le 12/03/2024 à 10:20, Zoé a dit :"), quoted_by("Zoé a dit non.")
    ('Zoé', None)
    >>> quoted_by("@zoe a dit dans Horaires du bac :")
    'zoe'
    """
    if len(line) > _LONGEST:
        return None
    match = _WROTE.fullmatch(line) or _NAMED.fullmatch(line) or _DATED.fullmatch(line)
    return match["name"].strip() if match else None


def is_of_forum(line: str) -> bool:
    """Return whether no article says so of anybody, but forums above what they quote.

    >>> is_of_forum("Envoyé par Zoé"), is_of_forum("@zoe a dit :"), is_of_forum("Zoé a dit :")
    (True, True, False)
    >>> is_of_forum("Message de soutien aux agents"), is_of_forum("Publié par la mairie")
    (False, False)
    """
    if line.startswith("@") or _DATED.fullmatch(line):
        return True
    match = _NAMED.fullmatch(line)
    if match is None or _IN_SENTENCES.search(match["name"]):
        return False
    if line[match.end("name") :].strip():
        # a colon, a day
        return True
    name = match["name"].strip()
    is_word = " " not in name and line[: match.start("name")].rstrip().lower().endswith("par")
    return is_word or _CAPITALISED.fullmatch(name) is not None


def names_somebody(line: str) -> bool:
    """Return whether a line says above a quotation, in whatever box, by what name somebody goes.

    >>> names_somebody("Zoé a dit :"), names_somebody("Mon voisin a dit :")
    (True, False)
    """
    match = _WROTE.fullmatch(line)
    return is_of_forum(line) if match is None else _ANYBODY.match(match["name"]) is None


def name_cited(line: str) -> str | None:
    """Return the name in what `cite` holds on a line of its own, without what introduces it.

    >>> name_cited("— Zoé"), name_cited("Zoé a écrit :"), name_cited("Zoé")
    ('Zoé', 'Zoé', 'Zoé')
    """
    return quoted_by(line) or _SAYS.sub("", line) or None
