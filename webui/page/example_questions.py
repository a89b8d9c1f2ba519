"""Which questions show what the language can do, on the articles the index really holds?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.french import COMMON, fold, tokens
from index.record import About

_LONG = re.compile(r"[^\W\d_]{5,}")


_BEGINNING = 500
"""Characters of a comment among which a word is taken."""


def examples(latest: Sequence[About], comments: Sequence[str]) -> tuple[str, ...]:
    """Up to six questions made from the latest articles; none when there are none.

    comments: the texts of the latest, of whichever articles. Each question has an answer.

    >>> abouts = [About("a", "Sora : des artistes en colère", categories=("IA",))]
    >>> examples(abouts, ["D'autres artistes demandent…"])
    ('artistes colère', 'dans:commentaires artistes', 'rubrique:IA')
    """
    if not latest:
        return ()
    words = [_words(about.title) for about in latest]
    plain = next((title_words for title_words in words if len(title_words) > 1), words[0])
    questions = []
    if plain:
        questions.append(" ".join(plain[:2]))
    if quoted := next((phrase for about in latest if (phrase := _quoted(about))), None):
        questions.append(f"« {quoted} »")
    if commented := _commented(words, comments):
        questions.append(f"dans:commentaires {commented}")
    if category := next((category for about in latest for category in about.categories), None):
        questions.append(_field("rubrique", category))
    if author := next((author for about in latest for author in about.authors), None):
        questions.append(_field("auteur", author))
    if len(words) > 2 and words[2] and latest[-1].published:
        questions.append(f"{words[2][0]} depuis:{latest[-1].published[:7]}")
    return tuple(dict.fromkeys(questions))


def _commented(words: Sequence[Sequence[str]], comments: Sequence[str]) -> str | None:
    """A word of the latest comments, of a title too if there is one."""
    in_titles = {fold(word) for title_words in words for word in title_words}
    in_comments: list[str] = []
    for text in comments:
        beginning = text if len(text) <= _BEGINNING else text[:_BEGINNING].rpartition(" ")[0]
        in_comments += _words(beginning)
    return next(
        (word for word in in_comments if fold(word) in in_titles), next(iter(in_comments), None)
    )


def _words(title: str) -> list[str]:
    """Its long words, the longest first; those that texts are read to hold, and no tag's.

    >>> _words("man lune : lune permet de lire l’état de la LUNE rousse, et Rousse encore rousse")
    ['permet', 'rousse', 'encore']
    """
    spellings = (title[token.start : token.end] for token in tokens(title))
    long_words = [word for word in spellings if _LONG.fullmatch(word) and fold(word) not in COMMON]
    word_by_fold: dict[str, str] = {}
    for word in long_words:
        word_by_fold.setdefault(fold(word), word)
    return sorted(word_by_fold.values(), key=len, reverse=True)


def _quoted(about: About) -> str | None:
    for text in (about.title, about.standfirst or ""):
        if match := re.search(r"[«“\"]\s*([^»”\"]{4,40}?)\s*[»”\"]", text):
            return " ".join(match[1].split())
    return None


def _field(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
