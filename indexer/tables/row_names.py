"""How are the article and the comment of a row called, and those that other rows refer to?"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from indexer.article import Article, Comment, addresses, article_id
from indexer.reporting import WithheldArticle
from indexer.tables.cells import line_of
from indexer.tables.column_names import plain
from indexer.threads import Answer, entry_names, identifier

_FLOAT = re.compile(r"(\d+)[.,]0+")
"""12.0, as pandas writes the numbers of a column where one is missing."""
_NOBODY = frozenset(("", "0", "nan", "none", "null", "n_a", "aucun", "aucune", "personne"))
_OF_ARTICLES = (
    *("texte", "chapo", "accroche", "rubrique", "mots-cles", "langue", "editeur", "nombre"),
)
_MARK = re.compile(r"(?i)(?:(?:en)?réponseà|@|#|n[°º]):?")


def own_name(cell: str) -> str:
    """The name that a cell gives to an article or a comment; "" for none.

    >>> own_name("12.0"), own_name("wp:a.example:12\\n")
    ('12', 'wp:a.example:12')
    """
    name = identifier(cell)
    match = _FLOAT.fullmatch(name)
    return match[1] if match else name


def parent_name(cell: str) -> str:
    """The same, of the comment that is answered: « — » and « aucun » are none.

    >>> parent_name("101.0"), parent_name("—"), parent_name("@Zoé Petit")
    ('101', '', '@ZoéPetit')
    """
    name = own_name(cell)
    return "" if plain(name) in _NOBODY else name


def answered(answers: Sequence[Answer], thread: Sequence[Comment]) -> tuple[Comment, ...]:
    """Return a thread in which those who answer somebody by name answer their last comment.

    answers: those of `thread`, one by one, in the order of their times.
    """
    ids = {answer.name: comment.id for answer, comment in zip(answers, thread, strict=True)}
    latest: dict[str, str] = {}
    settled = []
    for answer, comment in zip(answers, thread, strict=True):
        if answer.parent and answer.parent not in ids:
            parent_name = _MARK.sub("", answer.parent, count=1)
            parent = ids.get(parent_name) or latest.get(parent_name.casefold(), comment.parent_id)
            comment = replace(comment, parent_id=parent)
        if comment.author:
            latest[identifier(comment.author).casefold()] = comment.id
        settled.append(comment)
    return tuple(settled)


def withheld_row(
    members: Mapping[str, str], article: Article | None = None, *, protected: bool = False
) -> WithheldArticle:
    """Return the names of a withheld article, for the comments that other tables hold."""
    number = own_name(members.get("id", ""))
    title = line_of(members.get("titre", ""))[:1000]
    # under the last go the comments of another table that know the title only
    names = [article_name(number) if number else "", members.get("url", ""), article_id(title)]
    names += [f"slug:{slug}"] if (slug := own_name(members.get("slug", ""))) else []
    if article is not None:
        names.append(article.id)
    return WithheldArticle(tuple(dict.fromkeys(filter(None, names))), protected)


def above_members(members: Mapping[str, str], columns: Container[str]) -> dict[str, str]:
    """Return what the row of a comment holds about its article.

    columns: the members that the columns of its table hold.
    """
    has_comment = "commentaire" in columns
    above = {
        "id": members.get("article", ""),
        "url": members.get("article-url", ""),
        "titre": members.get("article-titre", ""),
        "slug": members.get("article-slug", ""),
    }
    if not above["id"] and "commentaire-id" in columns:
        above["id"] = members.get("id", "")
    if addresses.site(above["id"]):
        above["url"], above["id"] = above["url"] or above["id"], ""
    elif " " in above["id"].strip():
        above["titre"], above["id"] = above["titre"] or above["id"], ""
    if has_comment or not any(above.values()):
        above["titre"] = above["titre"] or members.get("titre", "")
    # that of a comment leads to its article as well
    above["url"] = entry_names.place(above["url"] or members.get("url", "")).page
    if has_comment:
        above.update((name, members[name]) for name in _OF_ARTICLES if name in members)
        for article_column, comment_column in (
            ("auteur", "commentaire-auteur"),
            ("date", "commentaire-date"),
        ):
            if comment_column in columns and article_column in members:
                above[article_column] = members[article_column]
    return {name: text for name, text in above.items() if text}


def titled(above: dict[str, str]) -> dict[str, str]:
    """An article known by its comments, with something to call it."""
    url = above.get("url", "")
    title = addresses.title(url) if addresses.site(url) else ""
    title = title or addresses.title("/" + above.get("slug", "")).strip("/")
    return {"titre": title or f"Article {above.get('id', '')}".strip(), **above}


def article_name(number: str) -> str:
    """The id of an article; a bare number is of no site, and would be of all."""
    return f"table:{number}" if number.isdecimal() else number


def web_address(url: str) -> str | None:
    url = url.strip()
    return url if addresses.site(url) else None


def references(members: Mapping[str, str]) -> list[str]:
    """Return the names of a row's article, the surest first."""
    page = addresses.page(members.get("url", ""))
    names = [f"#{own_name(members['id'])}"] if members.get("id", "").strip() else []
    names += [] if page is None else [page.whole]
    names += [f"/{slug}"] if (slug := own_name(members.get("slug", ""))) else []
    return names or list(filter(None, [by_title(members)]))


def only_titled(members: Mapping[str, str]) -> bool:
    """Return whether nothing but its title names the article of a row: others may have the same.

    >>> only_titled({"titre": "Courrier"}), only_titled({"titre": "Courrier", "id": "7"})
    (True, False)
    """
    return "article" not in members and references(members) == [by_title(members)]


def by_title(members: Mapping[str, str]) -> str:
    """Return the name that comments use when they know only the title; "" without a title."""
    title = line_of(members.get("titre", ""))
    return f"={title}" if title else ""


class Titles:
    """The titles of a table without addresses, which has a row for each thing.

    Letters under one title, of one day, are several articles; one text under two authors is that
    of both.
    """

    def __init__(self) -> None:
        # hashes alone: of a title and a day, that of the first text under them
        self._first_texts: dict[int, int] = {}

    def distinct(self, title: str, published: str | None, members: Mapping[str, str]) -> str:
        """Return a title to make an id of: with the text, where it is another row's too.

        >>> titles = Titles()
        >>> [titles.distinct("Courrier", None, {"texte": text}) for text in ("Oui.", "Non.")]
        ['Courrier', 'Courrier Non.']
        """
        text = members.get("texte") or members.get("auteur", "")
        key = hash((title, (published or "")[:10]))
        is_first = self._first_texts.setdefault(key, hash(text)) == hash(text)
        return title if is_first else f"{title} {text}"
