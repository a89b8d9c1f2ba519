"""Is the thread of a program that no adapter describes found, and none invented?

The pages of `threads/` hold one conversation, in the markup of 27 programs, themes and sites, as
their sources and public pages show it; those of `no_threads/` hold names, dates and texts that
are no comments.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

HERE = Path(__file__).parent
CAPTURE = Capture(date(2026, 11, 28))
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Piscine fermée</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="2024-03-01T08:00:00+01:00"></head><body>
<header class="site-header"><nav><a href="/">Accueil</a> <a href="/sport">Sport</a></nav></header>
<main><article class="post"><h1>Piscine fermée</h1><p class="meta">Par <a rel="author"
href="/auteur/lise">Lise Martin</a>, le <time datetime="2024-03-01T08:00:00+01:00">1er mars
2024</time></p><div class="entry-content"><p>La commune ferme la piscine pendant deux ans, le temps
de faire les travaux prévus depuis longtemps, dit le maire.</p><p>Les clubs iront nager à Oyonnax,
où le bassin est plus petit, mais où l'eau est aussi chaude, et les écoles attendront.</p></div>
</article>{thread}</main><aside class="sidebar"><div class="widget"><h3>Les plus lus</h3><ul>
<li><a href="/a">Le pont rouvre</a> <span class="date">28 février 2024</span></li>
<li><a href="/b">La foire revient</a> <span class="date">27 février 2024</span></li></ul></div>
</aside><footer>La Gazette, 2024</footer></body></html>"""
SAID = [
    ("Zoé", "La piscine fermait déjà en 2019."),
    ("Yann", "Oui, pour six mois.\nEt on attend."),
    ("Maëlle", "Un autre fil."),
]
DAYS = ["2024-03-02", "2024-03-02", "2024-03-03"]
THREADS = sorted(path.stem for path in (HERE / "threads").glob("*.html"))
NO_THREADS = sorted(path.stem for path in (HERE / "no_threads").glob("*.html"))
FLAT = {"canalblog", "definition-list", "eklablog", "guestbook-table", "headings", "k2"}
FLAT |= {"old-overblog", "paragraphs", "phpbb", "utterances"}
"""Those whose markup does not say who answers whom."""
NUMBERED = {"coral", "daily-contributions", "daily-hashed", "definition-list", "discourse-embed"}
NUMBERED |= {"facebook", "ghost", "giscus", "headings", "hyvor", "isso", "k2", "komento", "rdfa"}
NUMBERED |= {"spip-skeleton", "utterances", "viafoura"}
"""Those that announce three comments."""


def page(thread: str) -> HtmlPage:
    return read_html(PAGE.format(thread=thread).encode(), CAPTURE, [])


def fragment(folder: str, name: str) -> str:
    return (HERE / folder / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", THREADS)
def test_the_thread_of(name: str) -> None:
    article = page(fragment("threads", name)).article
    assert article is not None
    assert [(one.author, one.text) for one in article.comments] == SAID
    assert [(one.date_published or "")[:10] for one in article.comments] == DAYS
    ids = [comment.id for comment in article.comments]
    parents = [one.parent_id and ids.index(one.parent_id) for one in article.comments]
    assert parents == ([None] * 3 if name in FLAT else [None, 0, None])
    body = " ".join(section.text for section in article.sections)
    assert not any(line in body for _, text in SAID for line in text.split("\n"))


@pytest.mark.parametrize("name", THREADS)
def test_the_count_confirms_or_it_is_said(name: str) -> None:
    read = page(fragment("threads", name))
    assert read.article is not None
    sure = name in NUMBERED
    assert read.article.comment_count == (3 if sure else None)
    assert (read.article.extra.get("completeness") == "partial") is not sure
    assert ("comments" in [remark.kind for remark in read.report.remarks]) is not sure


@pytest.mark.parametrize("name", NO_THREADS)
def test_no_thread_in(name: str) -> None:
    article = page(fragment("no_threads", name)).article
    assert article is not None
    assert article.comments == ()
