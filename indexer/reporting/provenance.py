"""From which source does an article come, and how much does that source know?

An article carries it in one word, `provenance`: the format it was read in and the name of its
source, `wxr:blog.example`. What is better known from another format is told beside
(`provenanceOf`: the member, and the format that said it), and so is it for a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.article import Article, Comment
from indexer.reporting.ranks import Rank, is_program, rank
from indexer.reporting.report import Outcome

WHOLE = "provenance"
PARTS = "provenanceOf"

_SAME = {"mhtml": "html", "warc": "html", "isso-json": "isso", "wordpress-json": "wordpress-rest"}
"""Formats that hold what another holds."""
_NEWS = frozenset(("feed", "wordpress-rest", "wordpress-thread"))
"""What tells what is new, and never what is no more."""
_PROVENANCE = re.compile(r"([a-z][a-z0-9-]{0,30}):(.{1,300})")
_NUMBERED = re.compile(r"wp:(.+):[^:]+")


def stamped(article: Article, form: str, source: str, *, named: bool = False) -> Article:
    """Return an article with its provenance; one that has its own, as in an export, keeps it.

    `source` is the name of what was given to read; a WordPress has a better one, its address,
    unless the source was `named` by whoever indexes.

    >>> stamped(Article("wp:a.example:7", "Sora"), "wxr", "x").extra
    {'provenance': 'wxr:a.example'}
    >>> again = stamped(Article("a", "Sora", extra={"provenance": "html:y"}), "jsonl", "x")
    >>> again.extra, stamped(again, "jsonl", "nuit", named=True).extra
    ({'provenance': 'html:y'}, {'provenance': 'html:nuit'})
    """
    provenance = article.extra.get(WHOLE)
    member = isinstance(provenance, str) and provenance.endswith(":")
    if provenance is None or member:
        form = str(provenance)[:-1] if member else form
        numbered = None if named or form == "jsonl" else _NUMBERED.fullmatch(article.id)
        source = numbered[1] if numbered else source
    else:
        match = _PROVENANCE.fullmatch(str(provenance))
        if not named or match is None:
            return article
        form = match[1]
    own_provenance = f"{_SAME.get(form, form)}:{source}"
    return replace(article, extra={**article.extra, WHOLE: own_provenance})


def inside_of(outcome: Outcome, form: str) -> Outcome:
    """Keep the format of the archive's member in the provenance of what was read in it."""
    if not isinstance(outcome, Article) or WHOLE in outcome.extra:
        return outcome
    return replace(outcome, extra={**outcome.extra, WHOLE: form + ":"})


def name_of(path: Path) -> str:
    """Return the name of a file or folder as a source, with a digest of where it is.

    >>> name_of(Path("/srv/pages")), name_of(Path("/home/pages")) == name_of(Path("/srv/pages"))
    ('pages~2502314d', False)
    """
    full_path = str(path.resolve()).encode("utf-8", "replace")
    base_name = path.resolve().name.encode("utf-8", "replace").decode()[:200] or "/"
    return f"{base_name}~{blake2b(full_path, digest_size=4).hexdigest()}"


def of(article: Article) -> str:
    """Return an article's provenance, "" when it has none."""
    provenance = article.extra.get(WHOLE)
    return provenance if isinstance(provenance, str) and _PROVENANCE.fullmatch(provenance) else ""


def form_of(article: Article, member: str = "") -> str:
    """Return the format of an article, or of one of its members; "" when it is not known."""
    parts = article.extra.get(PARTS)
    if member and isinstance(parts, dict) and isinstance(parts.get(member), str):
        return str(parts[member])
    return of(article).partition(":")[0]


def form_of_comment(comment: Comment) -> str:
    """Return the format of a comment; "" when it is its article's."""
    form = comment.extra.get(WHOLE)
    return form if isinstance(form, str) else ""


def by_comments(extra: dict[str, Any]) -> bool:
    """Return whether a table, or a site, gave the comments of an article and its address alone.

    >>> by_comments({"provenance": "table-thread:a"}), by_comments({"provenance": "disqus:a"})
    (True, False)
    """
    form = str(extra.get(WHOLE)).partition(":")[0]
    return rank(form) is Rank.COMMENTS and not is_program(form)


def from_elsewhere(extra: dict[str, Any], bare: bool) -> bool:
    """Return whether this is a thread kept apart from its article, and `bare` of any text.

    Only `--join` puts these under the article of the same address.
    """
    return bare and is_program(str(extra.get(WHOLE)).partition(":")[0])


def programs(names: Iterable[str]) -> set[str]:
    """The programs of comments that gave these comments' ids.

    >>> from indexer.reporting.ranks import Rank, declare
    >>> declare("isso", Rank.COMMENTS)
    >>> programs(["a#comment-isso-7", "a#comment-12", "a#comment-c-3"])
    {'isso'}
    """
    return {program_of(name) for name in names} - {""}


def program_of(name: str) -> str:
    """The program of comments in a comment's id; "" for the article's own."""
    begins = name.rpartition("#")[2].removeprefix("comment-").partition("-")[0]
    return begins if is_program(begins) else ""


def complete_thread(article: Article) -> bool:
    """Whether an article, though partial, is all that its program of comments holds of it."""
    form = form_of(article)
    return is_program(form) and form != "discourse"


def reports_removals(provenance: str) -> bool:
    """Return whether a source of this provenance, read whole, tells what is no more.

    >>> reports_removals("wxr:a.example"), reports_removals("feed:a.xml")
    (True, False)
    """
    return provenance.partition(":")[0] not in _NEWS
