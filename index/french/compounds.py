"""How is a word read, alone or held to others by a hyphen, an apostrophe, a point, & or _?

The words of a group keep their places, so that « red team » finds red-team in a phrase; the group
in one piece is a variant. Texts here are `plain` (see folding), case kept.
"""

from __future__ import annotations

import re
import unicodedata

from index.french.canonical import DECIMALS
from index.french.folding import OTHER_LETTERS, greek, latin
from index.french.lexicon import CLITICS, ELIDED, LEXICAL, any_of
from index.french.number_words import roman
from index.french.patterns import late
from index.french.stemming import stem
from index.french.tokens import Token, Variant, term, variant

ARTICLE = rf"(?:{any_of(ELIDED)})'"
_ARTICLES = late(rf"(?:{ARTICLE})+", re.IGNORECASE)
_PIECE = late(r"\d+(?:\.\d+)+(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_NAME_AND_NUMBER = late(r"([^\W\d_]{3,})(\d+)")
_CENTURY = late(r"(?!vies?$)(?:(x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})i?e(?:me)?s?|i(?:er|ere)s?)")
_ROMAN = frozenset("ivx")
_SENTENCES = late(r"[^\W\d_]*[a-z]\.[A-Z][a-z]+")
_MOST = 6
"""Words of a group beyond which nobody writes it in one piece."""


def century(form: str) -> str | None:
    """XXIe, XXIème: an ordinal that no stem shortens. « vie » is the one word that looks like one.

    >>> century("xxieme"), century("vie")
    ('xxie', None)
    """
    match = _CENTURY.fullmatch(form) if form[:1] in _ROMAN else None
    if match is None:
        return None
    return match[1] + "e" if match[1] else "ier"


def in_figures(ordinal: str) -> str | None:
    """What a century has in figures; None for Ve, which may be something else by itself.

    >>> in_figures("xixe"), in_figures("ve"), in_figures("ier")
    ('19e', None, '1er')
    """
    if ordinal == "ier":
        return "1er"
    return f"{roman(ordinal[:-1])}e" if len(ordinal) > 2 else None


_ODD = late(rf"(\w)\1\1|(?-i:[a-z][A-Z])|(..)\2\2|eurices?$|[{OTHER_LETTERS}¼-¾⅐-⅞]", re.IGNORECASE)
_OTHER_LETTERS = late(f"[{OTHER_LETTERS}]")
_GREEK = late(r"[\u0370-\u03ff]")
_LENGTHENED = late(r"([^\W\d_])\1{2,}")
_REPEATED = late(r"(([^\W\d_])(?!\2)[^\W\d_])\1{2,}")
_MIXED = late(r"(\d+)([½¼¾])")
_SECOND = frozenset({"2d", "2de", "2ds", "2des"})  # in lower case: 2D is no rank
_ENDS_CREATED = late(r"[^e]eees?$")
_NUMERAL = late(r"[ivxlcdmw]+")
_CAMEL = late("[a-z][A-Z]")
_HUMPS = late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def odd(text: str) -> bool:
    """Whether a mere word may have more to it: mdrrr, BalanceTonPorc, militantEs, lecteurice.

    >>> [odd(word) for word in ("mdrrr", "militantEs", "lecteurices", "hahaha", "marche")]
    [True, True, True, True, False]
    """
    return _ODD.search(text) is not None


def _in_latin(form: str) -> str:
    """A word of other letters in Latin ones; α by its name; "" where a letter is a sign: μg, kΩ.

    >>> _in_latin("киев"), _in_latin("α"), _in_latin("μg"), _in_latin("kω")
    ('kiev', 'alpha', '', '')
    """
    if not _OTHER_LETTERS.search(form):
        return ""
    if len(form) == 1 and _GREEK.fullmatch(form):
        return greek(form)
    greek_letters = len(_GREEK.findall(form))
    return "" if 0 < greek_letters < len(form) else latin(form)


def _shortened(form: str) -> list[str]:
    """A word whose letters or syllables are repeated for the sound, as it is without: mdrrr, mdr.

    >>> _shortened("mdrrr"), _shortened("hahahaha"), _shortened("creee"), _shortened("xiii")
    (['mdr', 'mdrr'], ['haha'], [], [])
    """
    if _REPEATED.search(form):
        return [_REPEATED.sub(r"\1\1", form)]
    if _NUMERAL.fullmatch(form) or not _LENGTHENED.search(form) or _ENDS_CREATED.search(form):
        return []
    short = _LENGTHENED.sub(r"\1", form)
    return [short, _LENGTHENED.sub(r"\1\1", form)] if len(short) > 1 else []


def word(text: str, start: int, rule: str = "word") -> Token:
    """A word by itself; RTX4090 answers to rtx and to 4090."""
    form, end = text.casefold(), start + len(text)
    if ordinal := century(form):
        rule = "ordinal" if rule in ("word", "elision") else rule
        figures = in_figures(ordinal)
        ranks = (variant(figures, start, end),) if figures else ()
        return Token(start, end, ordinal, ordinal, ranks, rule)
    if form.isalpha():
        odds = _shortened(form) if odd(text) else []
        if other := _in_latin(form):
            odds.append(other)
        variants = [variant(other, start, end) for other in odds if other]
        humps = _HUMPS.findall(text) if _CAMEL.search(text) else ()
        pieces = [hump.casefold() for hump in humps] if len(humps) > 2 else []
        return term(form, start, end, rule, *variants, *_parts(pieces, start, end))
    if len(form) == 1 and unicodedata.category(form) == "No":  # ½
        fraction = unicodedata.normalize("NFKC", form).replace("\u2044", "/")
        return term(form, start, end, rule, variant(fraction, start, end))
    if mixed := _MIXED.fullmatch(form):
        return term(form, start, end, rule, variant(mixed[1] + DECIMALS[mixed[2]], start, end))
    if text in _SECOND:
        return term(form, start, end, rule, variant("2e", start, end))
    parts = _NAME_AND_NUMBER.fullmatch(form)
    return term(form, start, end, rule, *_parts(parts.groups() if parts else (), start, end))


def _parts(forms: tuple[str, ...] | list[str], start: int, end: int) -> list[Variant]:
    return [variant(form, start, end, part=True) for form in forms]


def _apostrophe(text: str, start: int, rule: str) -> Token:
    """A word that keeps its apostrophe: one term without it, and for a name its parts."""
    end = start + len(text)
    parts = text.casefold().split("'")
    names = [] if parts[0] in LEXICAL else [part for part in parts if len(part) > 1]
    return term("".join(parts), start, end, rule, *_parts(names, start, end))


def run(text: str, start: int, rule: str = "compound") -> list[Token]:
    """A word, or several in a group; `rule` names the group.

    >>> [token.exact for token in run("main-d'oeuvre", 0)]
    ['main', 'oeuvre']
    >>> [way.form for way in run("coffres-forts", 0)[0].variants]
    ['coffresforts', 'coffreforts']
    """
    pieces = []
    for match in _PIECE.finditer(text):
        piece, at = match[0], match.start()
        article = _ARTICLES.match(piece) if at and "'" in piece else None
        if article and article.end() < len(piece):
            piece, at = piece[article.end() :], at + article.end()
        pieces.append((piece, start + at))
    if len(pieces) == 1 and rule == "compound":
        return [_piece(*pieces[0])]
    tokens = [_piece(piece, at, rule) for piece, at in pieces]
    if len(tokens) > 1:
        tokens[0] = tokens[0].with_variants(*_joined(text, start, tokens))
    return tokens


def _piece(text: str, start: int, rule: str = "") -> Token:
    if "'" in text:
        return _apostrophe(text, start, rule or "apostrophe")
    return word(text, start, rule or "word")


def _joined(text: str, start: int, tokens: list[Token]) -> list[Variant]:
    # dit-il and « abonné.Les » are not words that anybody writes in one piece; AB-123-CE is a plate
    long = len(tokens) > _MOST and not any(map(str.isdecimal, text))
    inverted = tokens[-1].exact in CLITICS and not tokens[-2].exact.isdecimal()
    if long or inverted or _SENTENCES.fullmatch(text):
        return []
    forms = [re.sub(r"[\W_]", "", text)]
    if any(len(token.exact) == 1 and _GREEK.fullmatch(token.exact) for token in tokens):
        exact_forms = (_in_latin(token.exact) or token.exact for token in tokens)
        forms.append("".join(exact_forms))
    if "&" in text or "_" in text:
        forms.append(text)
    if (singular := _PLURAL.sub(_in_singular, text)) != text:
        forms.append(re.sub(r"[\W_]", "", singular))
    return [variant(form.casefold(), start, start + len(text)) for form in forms]


_PLURAL = late(r"[^\W\d_]{3,}[sx](?=-)", re.IGNORECASE)


def _in_singular(piece: re.Match[str]) -> str:
    """The first word of coffres-forts as coffrefort has it; of sous-titre, none is a plural."""
    word = piece[0].casefold()
    return word if stem(word) == word else word[:-1]


def after_article(article: str, start: int, token: Token) -> Token:
    """The token of a word whose elided article, as written, began at `start`."""
    if token.rule != "word":
        return token
    token = token._replace(rule="elision")
    if token.exact[0] in "aeiouyh" or not token.exact.isalpha():
        return token
    # No article is elided before a consonant: N'Golo, M'Bappé are names, written in one piece too.
    joined = article.rstrip("'").casefold() + token.exact
    return token._replace(variants=(*token.variants, variant(joined, start, token.end)))
