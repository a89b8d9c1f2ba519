"""Which posts does a WordPress hold, in the tables of its base?

The same articles as its export (WXR) gives, under the same names: a table is what the export is
made of. What is not named here is never read: e-mail and IP addresses, passwords, settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indexer.article import Publication
from indexer.files import CapturedFile, Groups, Row, RowTables, row_number
from indexer.reporting import Outcome
from indexer.threads import display_name
from indexer.wordpress.builders import OF_TEXT, is_builder
from indexer.wordpress.permalinks import Page, Permalinks, path_of
from indexer.wordpress.posts import LANGUAGE, OF_COMMENTS, Post, Posts

TABLES: dict[str, tuple[str, ...]] = {
    "posts": (
        *("id", "post_author", "post_date", "post_date_gmt", "post_content", "post_title"),
        *("post_excerpt", "post_status", "post_password", "post_name", "post_modified"),
        *("post_modified_gmt", "post_parent", "guid", "post_type"),
    ),
    "comments": ("comment_post_id", *OF_COMMENTS),
    "options": ("option_name", "option_value"),
    "users": ("id", "user_login", "user_nicename", "display_name"),
    "terms": ("term_id", "name", "slug"),
    "term_taxonomy": ("term_taxonomy_id", "term_id", "taxonomy", "parent"),
    "term_relationships": ("object_id", "term_taxonomy_id"),
    "postmeta": ("post_id", "meta_key", "meta_value"),
    "blogs": ("blog_id", "archived", "spam", "deleted"),
}
"""The tables by the ends of their names, and of each the columns that are read."""

_SETTINGS = ("home", "siteurl", "blogname", "permalink_structure", "page_on_front", "WPLANG")
_NETWORK = re.compile(r"(.*?)(\d+)_")
"""The prefix of a site of a network, `wp_2_`: that of the first site, and a number."""
_HIDDEN = {"archived": "site archivé", "spam": "site indésirable", "deleted": "site supprimé"}
_AS_EXPORTED = {
    "id": "post_id",
    "post_title": "title",
    "post_content": "content",
    "post_excerpt": "excerpt",
    "post_status": "status",
}
"""The columns that an export calls otherwise."""


class _Author(NamedTuple):
    login: str
    slug: str


class _Term(NamedTuple):
    number: str
    taxonomy: str
    name: str


def is_site(tables: RowTables) -> bool:
    """Return whether the tables of a prefix are those of a site."""
    return tables.has("posts", "id", "post_content", "post_status", "post_type")


def network_prefix(prefix: str) -> tuple[str, str]:
    """What begins the tables of a site's network, and the site's number in it; "" for none.

    >>> network_prefix("wp_2_"), network_prefix("wp_")
    (('wp_', '2'), ('wp_', ''))
    """
    match = _NETWORK.fullmatch(prefix)
    return (match[1], match[2]) if match else (prefix, "")


def articles(
    tables: RowTables,
    network: RowTables,
    number: str,
    file: CapturedFile,
    publication: Publication,
    site: str = "",
) -> Iterator[Outcome]:
    """Yield the articles of a site, then what was left aside.

    network: the tables of the accounts, and of the states of its sites. number: the site's in its
    network. site: its address, when its tables do not tell it.
    """
    blog = _Blog(tables, network, publication, site)
    hidden = _hidden_state(network, number or "1", publication)
    yield from blog.articles(hidden)
    yield from blog.posts.left_aside.remarks(file.name)


def _hidden_state(network: RowTables, number: str, publication: Publication) -> str:
    """What keeps a site of a network from readers, "" for nothing."""
    for row in network.rows("blogs", TABLES["blogs"], where={"blog_id": int(number)}):
        for column, state in _HIDDEN.items():
            if row[column] == "1" and not publication.allows_of(state, ()):
                return state
    return ""


class _Blog:
    def __init__(
        self, tables: RowTables, network: RowTables, publication: Publication, site: str
    ) -> None:
        self.posts = Posts(publication)
        self._tables = tables
        settings = {
            row["option_name"]: row["option_value"].strip()
            for row in tables.rows("options", TABLES["options"])
            if row["option_name"] in _SETTINGS
        }
        home = settings.get("home") or settings.get("siteurl") or site
        language = settings.get("WPLANG", "").replace("_", "-")
        self.posts.blog |= {
            "base_blog_url": home,
            "title": settings.get("blogname", ""),
            "language": language,
        }
        self._links = Permalinks(
            home, settings.get("permalink_structure", ""), settings.get("page_on_front", "")
        )
        self._authors: dict[str, _Author] = {}
        for row in network.rows("users", TABLES["users"]):
            self._authors[row["id"]] = _Author(row["user_login"], row["user_nicename"])
            if name := display_name(row["display_name"]) or display_name(row["user_login"]):
                self.posts.authors[row["user_login"]] = name
        self._pages = {
            row["id"]: Page(row["post_name"], row["post_parent"])
            for row in tables.rows(
                "posts", ("id", "post_name", "post_parent"), where={"post_type": "page"}
            )
        }
        self._categories: dict[str, Page] = {}
        self._terms = self._terms_by_number()

    def articles(self, hidden: str) -> Iterator[Outcome]:
        """Yield the articles by their numbers. hidden: what keeps all of them from readers."""
        tables = self._tables
        comments = tables.groups("comments", "comment_post_id", TABLES["comments"])
        linked = tables.groups("term_relationships", "object_id", TABLES["term_relationships"])
        metas = tables.groups("postmeta", "post_id", TABLES["postmeta"])
        for row in tables.rows("posts", TABLES["posts"], order="id"):
            post = self._post(row, comments, linked, metas)
            if hidden:
                post = post._replace(members={**post.members, "status": hidden})
            yield from self.posts.articles(post)
        yield from self.posts.rest()
        left = self.posts.left_aside
        left.add("elsewhere", comments.passed_over(), value="article absent")

    def _post(self, row: Row, comments: Groups, linked: Groups, metas: Groups) -> Post:
        number = row_number(row["id"])
        terms = sorted(
            (
                self._terms[term["term_taxonomy_id"]]
                for term in linked.of(number)
                if term["term_taxonomy_id"] in self._terms
            ),
            key=lambda term: row_number(term.number),
        )
        author = self._authors.get(row["post_author"], _Author("", ""))
        members = {_AS_EXPORTED.get(name, name): text for name, text in row.items()}
        members["creator"] = author.login
        category = next((term.number for term in terms if term.taxonomy == "category"), "")
        members["link"] = self._links.of(
            members,
            path=path_of(row["id"], self._pages),
            category=path_of(category, self._categories),
            author=author.slug,
        )
        return Post(
            members,
            [(term.taxonomy, term.name) for term in terms],
            [
                (meta["meta_key"], meta["meta_value"])
                for meta in metas.of(number)
                if meta["meta_key"] in OF_TEXT or is_builder(meta["meta_key"])
            ],
            [_comment(comment) for comment in comments.of(number)],
        )

    def _terms_by_number(self) -> dict[str, _Term]:
        """The terms by their numbers in their taxonomies; categories are learnt in passing."""
        rows_by_id = {row["term_id"]: row for row in self._tables.rows("terms", TABLES["terms"])}
        terms: dict[str, _Term] = {}
        for row in self._tables.rows("term_taxonomy", TABLES["term_taxonomy"]):
            if (term := rows_by_id.get(row["term_id"])) is None:
                continue
            name = term["slug" if row["taxonomy"] == LANGUAGE else "name"]
            terms[row["term_taxonomy_id"]] = _Term(row["term_id"], row["taxonomy"], name)
            if row["taxonomy"] == "category":
                self._categories[row["term_id"]] = Page(term["slug"], row["parent"])
        return terms


def _comment(row: Row) -> Mapping[str, str]:
    return {name: row[name].strip() for name in OF_COMMENTS}
