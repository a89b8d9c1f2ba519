"""Do pages and files of programs that no fixture comes from give their articles and comments?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.html.page import read_html
from indexer.pipeline.sources import read
from indexer.reporting.report import Skipped
from indexer.times.capture import Capture
from tests.indexer.samples import EXPORTS

BODY = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
PAGE = """<!doctype html><html lang="fr"><head><title>Piscine fermée</title>
<meta property="og:type" content="article"></head><body><main><article><h1>Piscine fermée</h1>
<p class="date"><time datetime="2023-03-01T10:00:00+01:00">1er mars 2023</time></p>{body}</article>
{comments}</main></body></html>"""

GENESIS = """<div class="entry-comments"><ol class="comment-list">
<li class="comment depth-1" id="comment-31"><article id="article-comment-31" itemprop="comment"
itemscope itemtype="https://schema.org/Comment"><header class="comment-header">
<p class="comment-author" itemprop="author" itemscope itemtype="https://schema.org/Person">
<span itemprop="name">Zoé</span> <span class="says">dit</span></p><p class="comment-meta">
<time class="comment-time" datetime="2023-03-02T14:32:00+01:00" itemprop="datePublished">2 mars
</time></p></header><div class="comment-content" itemprop="text"><p>Ah.</p></div></article></li>
<li class="comment depth-1" id="comment-32"><article><p class="comment-author">Max a dit :</p>
<time datetime="2023-03-03T10:00:00+01:00"></time><div class="comment-content"><p>Oh.</p></div>
</article></li></ol></div>"""
MICRODATA = """<div itemscope itemtype="http://schema.org/Comment" id="c-31">
<b itemprop="author">Zoé</b> <time itemprop="datePublished" datetime="2023-03-02T14:32:00+01:00">
hier</time><div itemprop="text">Ah.</div></div>
<div itemscope itemtype="http://schema.org/Comment" id="c-32"><b itemprop="author">Max</b>
<meta itemprop="datePublished" content="2023-03-03T10:00:00+01:00"><p itemprop="text">Oh.</p></div>
"""
DRUPAL = """<section class="comments-wrapper"><a id="comment-31"></a>
<article class="comment js-comment by-anonymous"><footer class="comment__meta">
<p class="comment__author">Zoé</p><p class="comment__time">jeu 02/03/2023 - 14:32</p></footer>
<div class="comment__content"><div class="field--name-comment-body"><p>Ah.</p></div></div></article>
<a id="comment-32"></a><article class="comment js-comment"><footer class="comment__meta">
<p class="comment__submitted">Soumis par <span>Max</span> le ven 03/03/2023 - 10:00</p></footer>
<div class="comment__content"><div class="field--name-comment-body"><p>Oh.</p></div></div></article>
</section>"""
SPIP = """<div class="comments"><h2>2 messages</h2><ul class="comments-ul comments-items">
<li class="comment-li comment-item" id="forum31"><div class="comment hreview">
<p class="comment-meta"><span class="comment-info">Le <abbr class="dtreviewed"
title="2023-03-02T13:32:00Z">2 mars 2023</abbr>, par <strong class="author"><span class="fn">Zoé
</span></strong></span></p><div class="comment-content"><p>Ah.</p></div></div></li>
<li class="comment-li comment-item" id="forum32"><div class="comment hreview">
<p class="comment-meta"><span class="comment-info">Le 3 mars 2023 à 10:00, par <strong>Max</strong>
</span></p><div class="comment-content"><p>Oh.</p></div></div></li></ul></div>"""


@pytest.mark.parametrize("comments", [GENESIS, MICRODATA, DRUPAL, SPIP])
def test_comments_and_the_head_of_the_article_are_apart(comments: str) -> None:
    page = PAGE.format(body=BODY, comments=comments)
    article = read_html(page.encode(), Capture(date(2023, 3, 10))).article
    assert article is not None
    assert (article.date_published, article.author) == ("2023-03-01T10:00:00+01:00", ())
    rows = [
        (comment.id.rpartition("-")[2], comment.author, comment.text)
        for comment in article.comments
    ]
    assert rows == [("31", "Zoé", "Ah."), ("32", "Max", "Oh.")]
    days = [(comment.date_published or "")[:10] for comment in article.comments]
    assert days == ["2023-03-02", "2023-03-03"]


def test_a_feed_after_a_blank_line(tmp_path: Path) -> None:
    feed = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><item>
    <title>L’été</title><link>https://a.example/ete/</link></item></channel></rss>"""
    for begins in ("\n", "\ufeff\n", " \r\n\r\n"):
        (tmp_path / "feed.xml").write_bytes((begins + feed).encode())
        [article] = read([tmp_path / "feed.xml"])
        assert isinstance(article, Article)
        assert article.headline == "L’été"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
def test_tables_of_every_excel(tmp_path: Path, encoding: str, newline: str) -> None:
    rows = ["titre;date;auteur;texte", "Été à Nîmes;02/03/2023;Zoé;Là-bas, déjà l'été."]
    (tmp_path / "a.csv").write_bytes(newline.join([*rows, ""]).encode(encoding))
    outcomes = list(read([tmp_path / "a.csv"]))
    [article] = (outcome for outcome in outcomes if isinstance(outcome, Article))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert (article.headline, article.author) == ("Été à Nîmes", ("Zoé",))
    assert article.sections[0].text == "Là-bas, déjà l'été."


def test_a_day_of_the_week_begins_a_comment(tmp_path: Path) -> None:
    lines = ["Piscine fermée", "Le 1er mars 2024 à 9 h 08", "4 min", "Société", "Le texte."]
    lines += ["Commentaires (2)", "Lundi 4 mars 2024 à 10h05", "Ah.", "Mardi à 8h", "Oh."]
    (tmp_path / "a.txt").write_text("\n".join(lines))
    [article] = (
        outcome
        for outcome in read([tmp_path / "a.txt"], Capture(date(2024, 3, 8)))
        if isinstance(outcome, Article)
    )
    assert [
        (comment.text, (comment.date_published or "")[:16]) for comment in article.comments
    ] == [
        ("Ah.", "2024-03-04T10:05"),
        ("Oh.", "2024-03-05T08:00"),
    ]


@pytest.mark.parametrize(
    "dates", [("il y a 3 heures", "il y a 2 jours"), ("hier à 8h", "le 2/3 à 9h")]
)
def test_dates_of_comments_without_capitals(tmp_path: Path, dates: tuple[str, str]) -> None:
    first, second = dates
    lines = ["Piscine fermée", "Le 1er mars 2024 à 9 h 08", "4 min", "Société", "Le texte."]
    lines += ["Commentaires (2)", first, "Ah.", second, "Oh."]
    for capital, expected in ((False, ["Ah.", "Oh."]), (True, [f"Ah.\n{second}\nOh."])):
        # beside a capital, a small one is somebody's words
        lines[6] = first.capitalize() if capital else first
        (tmp_path / "a.txt").write_text("\n".join(lines))
        [article] = (
            outcome for outcome in read([tmp_path / "a.txt"]) if isinstance(outcome, Article)
        )
        assert [comment.text for comment in article.comments] == expected


@pytest.mark.parametrize("form", ["comments.atom", "feed.rss", "wordpress.xml", "disqus.xml"])
@pytest.mark.parametrize("address", ["://[", "://a]", "://a:99999999/", "://[::1"])
def test_addresses_that_are_none_stop_nothing(tmp_path: Path, form: str, address: str) -> None:
    data = (EXPORTS / form).read_bytes()
    file = tmp_path / form
    head, ending = data[:1000], data[1000:]
    file.write_bytes(head + ending.replace(b"://", address.encode()))
    assert [outcome for outcome in read([file]) if isinstance(outcome, Article)]
