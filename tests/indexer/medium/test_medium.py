"""Are the stories of the archive that Medium gives read, and nothing else of it?

As of 2024: `posts/` holds stories and drafts, and beside them are addresses of connections,
sessions, lists of what one read, each in pages of its own.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.pipeline.sources import read
from indexer.reporting.report import Outcome, Remark, Skipped

STORY = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; \
charset=utf-8"><title>Le bac</title><style>* {font-family: Georgia}</style></head><body>\
<article class="h-entry"><header><h1 class="p-name">Le bac</h1></header>
<section data-field="subtitle" class="p-summary">Un chapô.</section>
<section data-field="body" class="e-content">
<section name="a" class="section section--body section--first"><div class="section-divider">\
<hr class="section-divider"></div><div class="section-content"><div class="section-inner">\
<h3 name="b" class="graf graf--h3 graf--leading graf--title">Le bac</h3>\
<h4 name="c" class="graf graf--h4 graf-after--h3 graf--subtitle">Un chapô.</h4>\
<p name="d" class="graf graf--p">Il part.</p><h3 name="e" class="graf graf--h3">Le soir</h3>\
<p name="f" class="graf graf--p">Il <strong>revient</strong>.</p></div></div></section></section>
<footer><p>By <a href="https://medium.com/@alice" class="p-author h-card">Alice Renard</a> on \
<a href="https://medium.com/p/abc"><time class="dt-published" datetime="2024-03-04T09:22:00.000Z">\
March 4, 2024</time></a>.</p><p><a href="https://medium.com/@alice/le-bac-abc" \
class="p-canonical">Canonical link</a></p><p>Exported from <a href="https://medium.com">Medium</a> \
on March 5, 2024.</p></footer></article></body></html>"""
DATE = 'class="dt-published"'


def outcomes_of(path: Path, text: str = STORY) -> list[Outcome]:
    path.write_text(text, "utf-8")
    return list(read([path]))


def test_a_story(tmp_path: Path) -> None:
    [article] = outcomes_of(tmp_path / "2024-03-04_Le-bac-abc.html")
    assert isinstance(article, Article)
    assert (article.headline, article.description) == ("Le bac", "Un chapô.")
    assert (article.author, article.url) == (
        ("Alice Renard",),
        "https://medium.com/@alice/le-bac-abc",
    )
    assert article.date_published == "2024-03-04T09:22:00Z"
    assert [(section.headline, section.text) for section in article.sections] == [
        (None, "Il part."),
        ("Le soir", "Il revient."),
    ]


@pytest.mark.parametrize("more", ["", "<p>Un mot de plus.</p>" * 5000])
def test_a_draft_is_told(more: str, tmp_path: Path) -> None:
    text = STORY.replace(DATE, "").replace("<p name", f"{more}<p name", 1)
    [outcome] = outcomes_of(tmp_path / "brouillon.html", text)
    assert isinstance(outcome, Skipped | Remark)
    assert "Medium" in outcome.sentence() or "draft : 1" in outcome.sentence()


def test_nothing_else_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "medium-export.zip"
    secret = (
        f"<html><body><article><h1>Privé</h1><p>{'Rambutan. ' * 50}</p></article></body></html>"
    )
    beside = ("ips/ips-0001", "sessions/sessions-0001", "claps/claps-0001", "profile/about",
              "bookmarks/bookmarks-0001", "lists/lists-0002", "posts/draft_Un-mot-abd")  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("posts/2024-03-04_Le-bac-abc.html", STORY)
        for name in beside:
            archive.writestr(f"{name}.html", secret)
    outcomes = list(read([path]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert article.headline == "Le bac"
    assert "Rambutan" not in repr(outcomes)
    [remark] = [outcome for outcome in outcomes if not isinstance(outcome, Article)]
    assert remark.sentence().startswith(str(path) + " : 7 fichiers")
