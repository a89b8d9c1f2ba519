"""How is what has a shape of its own read: addresses, names with a sign, acronyms, emojis?

Texts here are `plain` (see folding), case kept; each function takes what a pattern of `chunks`
found, and gives its tokens, or none when it is nothing of the kind.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from index.french import canonical, compounds
from index.french.folding import plain
from index.french.inclusive import forms
from index.french.lexicon import ENDINGS
from index.french.patterns import late
from index.french.tokens import Token, term, variant

_ADDRESS = late(
    r"(?:\w+://)?(?:www\.)?(?P<rest>.*?)[.,;:!?…'\"”»)\]}*]*$", re.IGNORECASE | re.DOTALL
)
_ADDRESS_WORD = late(r"(?:[^\W_]|%[0-9a-f]{2})+", re.IGNORECASE)
_WORD = late(r"[^\W_]+")
_CAPITALS = late(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")


def url(text: str, start: int) -> list[Token]:
    """The words of the host, of the path and of the rest; the whole without its scheme.

    >>> [token.exact for token in url("https://www.a.fr/T%C3%A9l%C3%A9-7).", 0)]
    ['a', 'fr', 'tele', '7']
    """
    match = _ADDRESS.match(text)
    begin, end = match.span("rest") if match else (0, len(text))
    tokens = [
        term(form, start + word.start(), start + word.end(), "url")
        for word in _ADDRESS_WORD.finditer(text, begin, end)
        for form in _WORD.findall(plain(unquote(word[0])).casefold())
    ]
    if not tokens:
        return []
    full_url = variant(text[begin:end].rstrip("/").casefold(), start, start + end)
    return [tokens[0].with_variants(full_url), *tokens[1:]]


def mail(text: str, start: int) -> list[Token]:
    tokens = [
        term(word[0].casefold(), start + word.start(), start + word.end(), "mail")
        for word in _WORD.finditer(text)
    ]
    mail_address = variant(text.casefold(), start, start + len(text))
    return [tokens[0].with_variants(mail_address), *tokens[1:]]


def mention(text: str, start: int) -> list[Token]:
    """@Jean_Michel: the words of the name, and the name with its sign."""
    tokens = compounds.run(text[1:], start + 1, "mention")
    signed_name = variant(text.casefold(), start, start + len(text))
    return [tokens[0].with_variants(signed_name), *tokens[1:]]


def hashtag(text: str, start: int) -> list[Token]:
    """#BalanceTonPorc: one word without its sign, which answers to each of its words."""
    end = start + len(text)
    tag = text[1:].strip("_")
    if not tag:
        return []
    words = _CAPITALS.findall(tag)
    parts = [variant(word.casefold(), start, end, part=True) for word in words if len(words) > 1]
    joined = tag.replace("_", "").casefold()
    forms = dict.fromkeys(["#" + tag.casefold(), joined, "#" + joined])
    variants = [variant(form, start, end) for form in forms if form != tag.casefold()]
    return [term(tag.casefold(), start, end, "hashtag", *variants, *parts)]


_ARTICLE = late(r"(l\.?o|[a-z])\.?\*?([\d-]+)")


def law(text: str, start: int) -> list[Token]:
    """L. 123-4 and L123-4 are the same words, and one form; A320-200 may be an aeroplane."""
    form = text.casefold()
    match = _ARTICLE.fullmatch(form)
    if match is None:
        return []
    words = [(match.start(1), match[1].replace(".", ""))]
    words += [
        (match.start(2) + digits.start(), digits[0]) for digits in re.finditer(r"\d+", match[2])
    ]
    tokens = [term(word, start + at, start + at + len(word), "law") for at, word in words]
    end = start + len(text)
    names = [variant("a" + words[1][1], start, end, part=True)] if match[1] == "a" else []
    law_name = variant(canonical.article(match[1], match[2]), start, end)
    return [tokens[0].with_variants(law_name, *names), *tokens[1:]]


def inclusive(text: str, start: int) -> list[Token]:
    return of_both_genders(forms(text.casefold(), ENDINGS), start, start + len(text))


def of_both_genders(words: tuple[str, ...], start: int, end: int) -> list[Token]:
    """A word that stands for its masculine and its feminine: `words`, the one meant first."""
    variants = [variant(form, start, end) for form in words[1:]]
    return [term(words[0], start, end, "inclusive", *variants)] if words else []


_GROUP = 4
"""Two letters with their points: one alone is of the word beside it, P.-D.G."""


def acronym(text: str, start: int) -> list[Token]:
    """S.N.C.F. is one word, P.-D.G. too; C.G.T.-F.O. is two, as CGT-FO is.

    >>> [token.exact for token in acronym("C.G.T.-F.O.", 0)], len(acronym("P.-D.G.", 0))
    (['cgt', 'fo'], 1)
    """
    end = start + len(text)
    form = re.sub(r"[.-]", "", text).casefold()
    groups = list(re.finditer(r"[^-]+", text))
    if len(groups) == 1 or any(len(group[0]) < _GROUP for group in groups):
        return [term(form, start, end, "acronym")]
    first, *rest_tokens = (
        term(group[0].replace(".", "").casefold(), start + group.start(), start + group.end(),
             "acronym")
        for group in groups
    )  # fmt: skip
    return [first.with_variants(variant(form, start, end)), *rest_tokens]


def code(text: str, start: int) -> list[Token]:
    """C++, C#, .NET: the signs are letters. « canal » finds Canal+, but C does not find C++."""
    form, end = text.casefold(), start + len(text)
    name = form.strip(".+#")
    names = [variant(name, start, end, part=True)] if len(name) > 2 else []
    return [term(form, start, end, "code", *names)]


_WORD_OF_LIST = 4


def censored(text: str, start: int) -> list[Token]:
    """con*ard, p***: one word as it is typed; fruits*légumes answers to its words too."""
    form, end = text.casefold(), start + len(text)
    words = form.split("*")
    # « mer » is no part of mer*e
    parts = words if min(map(len, words)) >= _WORD_OF_LIST else []
    variants = [variant(part, start, end, part=True) for part in parts]
    return [Token(start, end, form, form, tuple(variants), "censored")]


def emoji(text: str, start: int) -> list[Token]:
    return [Token(start, start + len(text), text, text, (), "emoji")]
