"""Which names does a byline hold: « Par Jeanne Martin et Paul Durand, à Lyon »?

The line under a title, or what is marked as one: an introduction, names, and what is said of them.
What does not read so to its end holds no name at all.
"""

from __future__ import annotations

import re

from indexer.text import fold, key
from indexer.times import is_date

_LONGEST = 160
_MOST_NAMES = 6
_MOST_WORDS = 6
_KINDS = (
    "articles?|textes?|enquête|reportage|récit|entretien|interview|chronique|billet|tribune|analyse"
)
_PARTICIPLES = (
    "publiée?s?|postée?s?|écrite?s?|rédigée?s?|signée?s?|proposée?s?|soumi(?:s|ses?)|recueillie?s?"
    "|mis en ligne"
)
_MONTHS = (
    "janv?|févr?|fevr?|feb|mars|march|avr|apr|mai|may|june?|juin|jul|juil|août|aout|aug|sept?|oct"
    "|nov|déc|dec"
)
_DAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)(?:[.,]|(?= \d))"
)
_WHEN = (
    rf"(?:(?:le|à|et|hier|on|at|{_DAYS}|(?:{_MONTHS})[a-zé]*|il y a|heures?|minutes?|jours?|min|h"
    r"|mis à jour|modifiée?|actualisée?)\.?|\d[\d.:/h]*+(?:er|[ap]m)?|[,|–-])"
)
_DATED = rf"(?=(?:(?!par |by ).){{0,60}}(?:\d{{4}}|\d[/.]\d|\d(?:er)? (?:{_MONTHS})))"
"""Before what begins by a date alone: « Mars par Perseverance » is a sentence."""
_INTRODUCTION = re.compile(
    r"(?:(?:par |de )?(?:notre|nos) (?:envoyée?s?|correspondante?s?)"
    r"(?: (?:spéciale?|spéciaux|permanente?))?(?: (?:à|en|au|aux|dans) [^,:;]{1,40}[,:;]|,)?"
    r"|(?:(?:une? )?(?:" + _KINDS + r"|propos|dossier|" + _PARTICIPLES + r") ?)*"
    r"(?:(?:par|by|auteurs?|autrices?|textes?(?: et photos?)?)\b ?:?)"
    # Publié le 2 mars 2024 à 10h22 par; what else stands before « par » is a sentence
    rf"|(?:(?:{_PARTICIPLES}|mis à jour|modifiée?|actualisée?|le) |{_DATED})"
    rf"(?>{_WHEN} ?)++(?<=\W)(?:par|by) "
    rf"|une? (?:{_KINDS}) (?:de |d['’])) ?",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"(?:articles?|textes?|enquête|reportage|récit|chronique|billet|tribune|analyse|dossier)"
    r" (?:de |d['’])(?:(?:notre|nos) (?:envoyée?s?|correspondante?s?)(?: spécia\w+)? )?",
    re.IGNORECASE,
)
"""« Reportage de Jeanne Martin »: who made it. An interview or a portrait is of somebody else."""
_SUBJECT = re.compile(
    r"(?:interview|entretien|portrait|propos|témoignage|rencontre)s? (?:de |d['’]|avec )"
    r"(?:.{1,80}? (?=(?:recueillis |réalisé\w* )?par )|.*)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"avec (?:les agences )?(?:l['’])?([A-Z]{2,}(?:[/-][A-Za-z]+)?)")
_TRADE = re.compile(
    r"(?<=[^\s,;:])\s+(?:grande? reporter|journalistes?|reporter|rédact(?:eur|rice)s?|chroniqueuse"
    r"|chroniqueur|éditorialiste|pigiste|photojournaliste|rédaction)\b[^,;&]*$",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"(?<=\w), ?(?:L[ea]s? |L['’])(?=[A-ZÉ])(?![A-ZÉ]{2,}$)[^,;&]*$")
_ENDS = re.compile(
    r"\s*(?:\bet )?(?:[|·•—]|\s[–-]\s|\b(?:publié|posté|mis à jour|modifié|temps de lecture"
    rf"|le (?:\d|{_DAYS})|\d{{4}}-\d|\d{{1,2}}(?:[/.]\d|(?:er)? (?:{_MONTHS})| ?min\b))"
    r"|[àa]t? \d{1,2} ?[:h]|,? ?@\w|\bcat[ée]gories? ?:|\(?\bavec\b|\bdans\b"
    r"|\b(?:suivre|contacter|s['’]abonner|follow|biographie)\b"
    r"|\b(?:photos?|crédits?|vidéos?|dessins?|illustrations?|infographie)\b"
    r"|\b(?:envoyée?s? spécia|correspondante?s? )).*",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_BETWEEN = re.compile(r"\s*(?:(?:,\s*)?\b(?:et|and)\b|[,;/&])\s*")
_ARTICLE = re.compile(r"[Ll][ea] (?=(?:[DP]re?|[Mm]aître)\b)|[Ll]['’](?=[A-ZÉ]{2,}$)")
"""What stands before a title or an agency's initials: le Dr Jeanne Martin, l'AFP."""
_PLACE = re.compile(r"(?<=\w), ?[\w-]*[a-zà-ÿ][\w-]*$")
_PARTICLE = re.compile(r"de|du|des|la|le|les|von|van|der|den|ben|bin|el|al|da|di|do|dos|y", re.I)
_SENTENCE = re.compile(
    r"(?:le|la|les|l['’]|il|elle|on|nous|vous|une?|ce|cette|qui|que|mais)\b|.*[!?]"
)
_SENDER = re.compile(
    r"(?:from|de|auteure?|exp[ée]diteur) ?: ?[\"'«]?([^\W\d_][^<>(@:\"]{1,60}?)[\"'»]? ?"
    r"[<(\[][^\s<>]{1,80}(?:@| at |\[at\])[^<>]{1,80}[>)\]]",
    re.IGNORECASE,
)
"""The header of a mail, in an archive of a mailing list."""
_ACCOUNT = re.compile(
    rf"(?:(?:{_PARTICIPLES}) )?(?P<before>.*\d.*)?(?<!\w)(?:par|by) "
    r"(?P<name>(?!(?:hasard|exemple|ailleurs|ici|d[ée]faut|d[ée]cret|arr[êe]t[ée]|pr[ée]caution"
    r"|mail|courriel|temps)\b)(?=.{0,30}[a-z])[a-z\d][\w.-]{2,30}?)"
    r"(?:,?(?: -| [|·•])? (?:on )?(?P<behind>.*\d.*))?",
    re.IGNORECASE,
)
"""One word beside a date, as forums and blogs write accounts: « par jeanne_m, le 14/07/2024 »."""
_DESK = re.compile(r"(?:la |notre )?rédaction(?: (?:de |d['’])?\S+){0,3}", re.IGNORECASE)

_COLLECTIVE = re.compile(r"(?:le )?((?:un )?collectif(?:\s[^.!?]{2,80})?)\.?", re.IGNORECASE)


def byline_names(text: str) -> tuple[str, ...]:
    """Return the names of a line's authors, none when it is no byline.

    >>> byline_names("Par Jeanne Martin et Paul Durand, à Lyon | Publié le 2 mars")
    ('Jeanne Martin', 'Paul Durand')
    >>> byline_names("J.-B. Renard (avec AFP)"), byline_names("Par ici la sortie")
    (('J.-B. Renard',), ())
    >>> byline_names("From: Zoé Renard <zoe@listes.example>")
    ('Zoé Renard',)
    >>> byline_names("Par un collectif"), byline_names("Par le collectif Bac pour tous")
    (('Un collectif',), ('Collectif Bac pour tous',))
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return ()
    if sender := _SENDER.fullmatch(text):
        return (sender[1],)
    if agency := _AGENCY.fullmatch(text):
        return (agency[1],)
    if (account := _ACCOUNT.fullmatch(text)) and is_date(
        fold(key((account["behind"] or account["before"] or "").strip(" ,")))
    ):
        return (account["name"],)
    text = _SUBJECT.sub("", text) if _SUBJECT.match(text) else text
    begun = _INTRODUCTION.match(text)
    work = None if begun else _WORK.match(text)
    text = text[work.end() :] if work else text
    text = _ENDS.sub("", _ASIDE.sub("", text[begun.end() :] if begun else text))
    if _DESK.fullmatch(text):
        return (text[0].upper() + text[1:],)
    if begun and (match := _COLLECTIVE.fullmatch(text.strip(" ,;:"))):
        return (match[1][0].upper() + match[1][1:],)
    text = signed(_full_stop(text.strip(" ,;:")))
    if " " in text.partition(",")[0]:
        # Jeanne Martin, Paris: one word behind a full name is a place, or a newspaper
        text = _PLACE.sub("", text)
    names = []
    for part in _BETWEEN.split(text):
        part = _ARTICLE.sub("", part)
        if _is_name(part):
            names.append(part)
        # a place, a trade: à Lyon, journaliste
        elif not names or not part[:1].islower() or _SENTENCE.match(part):
            return ()
    if len(names) > _MOST_NAMES or (work and not all(" " in name for name in names)):
        return ()
    return tuple(dict.fromkeys(names))


_PARTS = re.compile(r"\s*[|·•—–]\s*|\s+-\s+|,\s+(?=(?:le )?\d|(?:par|by) )")
_MOST_PARTS = 4
_NO_PERSON = re.compile(
    r"(?:l[ea]s?|l['’]|un|une|grand|hauts?|haute|pays|nord|sud|est|ouest|moyen|proche|extrême|côtes?"
    r"|île|ile|saint|sainte|seine|val|bouches|loire|nouvelle|faits|états|royaume|radio|france)\b",
    re.IGNORECASE,
)
"""How places, rubrics and newspapers begin, that are written as names are."""


def dated_names(text: str) -> tuple[str, ...]:
    """Return the full names that stand beside a date, in a line that holds hardly more.

    >>> dated_names("Camille Roussel · 2 mars 2024"), dated_names("2 mars 2024 | Grand Est")
    (('Camille Roussel',), ())
    >>> dated_names("Par Zoé Petit et Luc Roy, le 2 mars 2024")
    ('Zoé Petit', 'Luc Roy')
    """
    text = " ".join(text.split())
    parts = _PARTS.split(text) if len(text) <= _LONGEST else []
    undated_parts = [part for part in parts if not is_date(fold(key(part)))]
    if not 2 <= len(parts) <= _MOST_PARTS or len(undated_parts) == len(parts):
        return ()
    for part in undated_parts:
        names = list(byline_names(part)) if introduced(part) else _BETWEEN.split(part)
        if names and all(
            " " in name and _is_name(name) and not _NO_PERSON.match(name) for name in names
        ):
            return tuple(dict.fromkeys(names))
    return ()


_TRADED = re.compile(
    r"(?P<names>.{4,80}?)[\s,:–-]+(?P<trade>(?:grande? reporter|journalistes?|reporter|pigiste"
    r"|chroniqueu(?:r|se)|éditorialiste|(?:rédact(?:eur|rice)|chef)s?|photojournaliste"
    r"|(?:notre |nos )?(?:correspondant|envoyé)e?s?)\b[^.!?:;]{0,60})",
    re.IGNORECASE,
)


def trade_names(text: str) -> tuple[str, ...]:
    """Return the full names of a line that says what they do, and no more.

    >>> trade_names("Zoé Petit, envoyée spéciale à Nantua"), trade_names("Zoé Petit Journaliste")
    (('Zoé Petit',), ('Zoé Petit',))
    >>> trade_names("Les reporters du Bac"), trade_names("Zoé Petit, journaliste, dort.")
    ((), ())
    """
    match = _TRADED.fullmatch(" ".join(text.split()))
    return bare_names(match["names"]) if match else ()


def is_trade(text: str) -> bool:
    """Whether a line says what somebody does, whose name stands above.

    >>> is_trade("Journaliste au service Monde"), is_trade("Journaliste, elle vit à Lyon.")
    (True, False)
    """
    match = _TRADED.fullmatch(f"Quelqu {' '.join(text.split())}")
    return match is not None and match["names"] == "Quelqu"


_CREDIT = re.compile(
    r"(?:crédits?(?: photos?)?|photos?|visuels?|illustrations?|dessins?)(?: de couverture)? ?[:©]"
    r"(?: ?©)? ?(?P<names>.{2,100})|(?:photos? )?© ?(?P<owners>.{2,100})",
    re.IGNORECASE,
)


_OF_NEWSPAPER = re.compile(r"(?:L[ea]s? |L['’])\w+(?: \w+){0,2}")


def is_credit(text: str) -> bool:
    """Whether a line says who took a picture, or whose it is, and no more.

    >>> is_credit("Crédit photo : Zoé Petit / AFP"), is_credit("Photo : © La Gazette")
    (True, True)
    >>> is_credit("Photo : la mairie de Brénod"), is_credit("Illustrations : trois exemples.")
    (False, False)
    """
    match = _CREDIT.fullmatch(" ".join(text.split())) if len(text) <= _LONGEST else None
    names = _BETWEEN.split(match["names"] or match["owners"]) if match else []
    owned = len(names) > 1 and _OF_NEWSPAPER.fullmatch(names[-1]) is not None
    return bool(names) and all(map(_is_name, names[:-1] if owned else names))


_LINKED = re.compile(r"\b(?:du|des|la|le|les)\b")
"""Of places and rubrics, « Coupe du Monde », more often than of names that nothing announces."""


def bare_names(text: str) -> tuple[str, ...]:
    """Return the full names of a line that holds nothing else.

    >>> bare_names("Zoé Petit et Luc Roy"), bare_names("Grand Est"), bare_names("Zoé")
    (('Zoé Petit', 'Luc Roy'), (), ())
    """
    names = _BETWEEN.split(" ".join(text.split())) if len(text) <= _LONGEST else []
    names = [] if _LINKED.search(text) else names
    full = all(" " in name and _is_name(name) and not _NO_PERSON.match(name) for name in names)
    return tuple(dict.fromkeys(names)) if names and full and len(names) <= _MOST_NAMES else ()


def signed(name: str) -> str:
    """A name without the trade and the newspaper that stand behind a full name.

    >>> signed("Jeanne Martin Journaliste"), signed("Jeanne Martin, La Presse"), signed("Le Monde")
    ('Jeanne Martin', 'Jeanne Martin', 'Le Monde')
    """
    for behind in (_NEWSPAPER, _TRADE):
        shorter = behind.sub("", name)
        name = shorter if " " in shorter else name
    return name


def introduced(text: str) -> bool:
    """Return whether a line says that names follow: « Par … ».

    >>> introduced("Par Jeanne Martin"), introduced("Jeanne Martin")
    (True, False)
    """
    text = " ".join(text.split())
    return any(
        pattern.match(text) is not None
        for pattern in (_INTRODUCTION, _WORK, _AGENCY, _SUBJECT, _SENDER)
    )


def parted(name: str) -> tuple[str, ...]:
    """Two full names written as one author, apart; anything else as it is.

    >>> parted("Jeanne Martin et Paul Durand"), parted("Dupont et Fils"), parted("Martin, Jeanne")
    (('Jeanne Martin', 'Paul Durand'), ('Dupont et Fils',), ('Martin, Jeanne',))
    """
    names = _BETWEEN.split(name)
    are_full = all(_is_name(part) and " " in part for part in names)
    return tuple(names) if len(names) > 1 and are_full else (name,)


def _is_name(text: str) -> bool:
    """Whether it is written as names are: Jeanne Martin, J.-B. de la Tour, AFP."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or any(map(str.isdigit, text)):
        return False
    if _PARTICLE.fullmatch(words[-1]) or not words[0][0].isupper() or len(text) < 2:
        return False
    return all(_PARTICLE.fullmatch(word) or _NAME.fullmatch(word) for word in words)


_PIECE = r"(?:[^\W\d_]{1,3}\.|[^\W\d_]++)"
_NAME = re.compile(rf"(?:[dl]['’])?(?=[A-ZÀ-ÖØ-ÞŒ]){_PIECE}(?:[-'’.]*{_PIECE})*")


def _full_stop(text: str) -> str:
    """The line without the point that ends it, but that of an initial."""
    return re.sub(r"(?<=[^\W\d_]{4})\.$", "", text)
