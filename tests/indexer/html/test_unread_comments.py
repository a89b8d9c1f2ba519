"""Which comments, that a page holds and nobody reads, are told?"""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from html import escape
from typing import Any

import lxml.html
import pytest

from indexer.html.comments.unread_comments import comments_in_json, signatures_of
from indexer.html.page import HtmlPage, read_html
from indexer.reporting import plural
from indexer.times.capture import Capture

TEXT = (
    "La ville a fermé mardi la passerelle, dont les câbles sont rongés depuis l'hiver, après un"
    " rapport d'ingénieurs remis au conseil municipal vendredi soir."
)
COMMENTS = [
    {"id": 1, "author": {"name": "Zoé"}, "created_at": "2024-03-02", "body": "Bravo."},
    {
        "id": 2,
        "author": {"name": "Yann"},
        "created_at": "2024-03-03",
        "body": "Non.",
        "replies": [],
    },
]


def page_of(body: str) -> HtmlPage:
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        f" content=article></head><body><article><h1>La passerelle</h1><p>{TEXT}</p><p>{TEXT}</p>"
        f"</article>{body}</body></html>"
    )
    return read_html(page.encode(), Capture(date(2024, 3, 10)))


def attribute(name: str, value: object, tag: str = "div") -> str:
    return f'<{tag} {name}="{escape(json.dumps(value))}"></{tag}>'


HELD = {
    "Inertia": attribute("data-page", {"props": {"comments": COMMENTS}}),
    "React": attribute("data-react-props", {"thread": {"comments": COMMENTS}}),
    "Stimulus": attribute("data-comments-list-value", COMMENTS),
    "Vue": attribute(":comments", COMMENTS, "comment-list"),
    "Livewire": attribute("wire:snapshot", {"data": {"comments": COMMENTS}}),
    "Alpine": f'<div x-data="{escape("{comments: " + json.dumps(COMMENTS) + "}")}"></div>',
    "Next": '<script type="application/json">' + json.dumps({"comments": COMMENTS}) + "</script>",
    "a state": f"<script>window.state = {json.dumps({'comments': {'all': COMMENTS}})};</script>",
    "a string": f"<script>JSON.parse({json.dumps(json.dumps({'comments': COMMENTS}))})</script>",
    "Apollo": "<script>a = "
    + json.dumps({f"Comment:{n}": comment for n, comment in enumerate(COMMENTS)})
    + "</script>",
    "French": attribute("data-commentaires", [{"auteur": "Zoé", "texte": "Non."}] * 2),
}


@pytest.mark.parametrize("body", HELD.values(), ids=HELD)
def test_comments_for_a_script_are_told_and_the_page_is_partial(body: str) -> None:
    page = page_of(body)
    assert page.article is not None
    assert page.article.extra["completeness"] == "partial"
    assert any("2 commentaires en JSON" in remark.message for remark in page.report.remarks)


NOT_HELD = {
    "others": attribute("data-props", {"related": COMMENTS}),
    "settings": attribute("data-props", {"comments": {"enabled": True, "max": 3}, "a": "b" * 40}),
    "none": attribute("data-props", {"comments": [], "article": "x" * 40}),
    "of the site": attribute("data-props", {"recentComments": COMMENTS}),
    "articles that are commented": attribute("data-props", {"mostCommented": COMMENTS}),
    "what an expert says": attribute("data-props", {"commentary": COMMENTS[0]}),
    "a form": attribute("data-comment-form", {"comment": {"text": "Votre avis", "date": "j/m"}}),
    "a class that ends as a program's name": "<div class=viande-chevaline></div>",
    "a sentence": f"<script>// comments: {{ à faire }} {'x' * 40}</script>",
}


@pytest.mark.parametrize("body", NOT_HELD.values(), ids=NOT_HELD)
def test_other_data_tells_nothing(body: str) -> None:
    page = page_of(body)
    assert page.article is not None
    assert "completeness" not in page.article.extra


EMBEDS = [
    '<bluesky-comments uri="at://x"></bluesky-comments>',
    '<div id="fastcomments-widget"></div>',
    '<div id="cactus-comments"></div>',
    '<script src="https://comments.app/js/widget.js?3"></script>',
    '<script src="https://t.example/widget.js" data-telegram-discussion="a/1"></script>',
]


@pytest.mark.parametrize("embed", EMBEDS)
def test_a_thread_of_another_site_is_told(embed: str) -> None:
    page = page_of(embed)
    assert any("pas enregistré avec la page" in remark.message for remark in page.report.remarks)


def test_signatures_of_a_petition_are_told() -> None:
    rows = "<tr><td>3 mars 2024</td><td>Zoé</td><td>Rendez-nous la passerelle.</td></tr>" * 3
    page = page_of(f"<div class=signatures><h2>3 signatures</h2><table>{rows}</table></div>")
    assert any("3 signatures d'une pétition" in remark.message for remark in page.report.remarks)


@pytest.mark.parametrize("heading", ["1 200 signatures", "Déjà 1 200 signatures"])
def test_signatures_are_told_by_thousands(heading: str) -> None:
    page = lxml.html.document_fromstring(f"<div class=signatures><h2>{heading}</h2></div>")
    assert signatures_of(page) == plural(1200, "signature")


def test_an_article_about_a_petition_has_no_signatures() -> None:
    line = "<p>La pétition a recueilli 3 000 signatures en dix jours.</p>"
    page = page_of(f"<div class='post tag-petition'><p>{TEXT}</p>{line}</div>")
    assert not any("signature" in remark.message for remark in page.report.remarks)


@pytest.mark.parametrize(
    "piece",
    ['{"comments": [', '{"comments": [{"body": "a", "user": "b"}]}', "comment", 'reply\\\\"'],
)
def test_json_made_to_be_slow_is_read(piece: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Any:
        body = f"<div data-x='[{piece * size}'></div>"
        return partial(comments_in_json, lxml.html.document_fromstring(body))

    in_proportion(prepare, 3_000)
