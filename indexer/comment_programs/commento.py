"""Which threads and comments does an export of Commento (a JSON file) hold?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.article import EMPTY
from indexer.canonical import Object, lenient_json
from indexer.files import CapturedFile, JsonFileFormat, opening
from indexer.markup import marked, words
from indexer.reporting import LeftAside, Outcome, Rank, Skipped
from indexer.threads import Answer, display_name, thread_article

_APPROVED = ("approved",)
"""Of the states of Commento 1.8 (api/comment_state.go): unapproved, approved, flagged."""


class CommentoFormat(JsonFileFormat):
    """The reader of Commento exports."""

    name = "commento"
    rank = Rank.COMMENTS

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON with comments named as Commento does.

        >>> CommentoFormat().fits(b'{"version": 1, "comments": [{"commentHex": "e7"}]}')
        True
        """
        return opening.names(head, "commentHex")

    def value_outcomes(self, file: CapturedFile, value: Any) -> Iterator[Outcome]:
        """One partial article for each page."""
        export = lenient_json.inside(value)
        people = {
            lenient_json.text(commenter.get("commenterHex")): display_name(
                lenient_json.text(commenter.get("name"))
            )
            for commenter in lenient_json.objects(export.get("commenters"))
        }
        pages: dict[str, list[Answer]] = {}
        left_aside = LeftAside()
        for comment in lenient_json.objects(export.get("comments")):
            state = comment.get("state")
            if not comment.get("deleted") and not self._options.publication.allows_of(
                state, _APPROVED
            ):
                left_aside.add("unpublished", value=lenient_json.text(state) or EMPTY)
                continue
            domain, path = (
                lenient_json.text(comment.get("domain")),
                lenient_json.text(comment.get("url")),
            )
            url = f"https://{domain}{path}" if domain and path.startswith("/") else path
            pages.setdefault(url, []).append(_answer(comment, people))
        if not pages and not left_aside.count("unpublished"):
            yield Skipped(file.name, "aucun commentaire de Commento")
        for url, answers in pages.items():
            yield thread_article(url, "", answers, "commento")
        yield from left_aside.remarks(file.name)


def _answer(comment: Object, people: dict[str, str | None]) -> Answer:
    parent = lenient_json.text(comment.get("parentHex"))
    markdown = lenient_json.text(comment.get("markdown"))
    number = lenient_json.text(comment.get("commentHex"))
    up, down = lenient_json.votes(comment.get("score"))
    return Answer(
        name=number,
        parent="" if parent == "root" else parent,
        author=people.get(lenient_json.text(comment.get("commenterHex"))),
        published=lenient_json.time(comment.get("creationDate")),
        words=marked(markdown) if markdown else words(lenient_json.text(comment.get("html"))),
        deleted=bool(comment.get("deleted")),
        up=up,
        down=down,
        anchor=f"commento-{number}",
    )
