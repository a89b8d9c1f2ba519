"""Is the thread of a program that no adapter describes found, and none invented?

The pages of `threads/` hold one conversation, in the markup of 27 programs, themes and sites, as
their sources and public pages show it; those of `no_threads/` hold names, dates and texts that
are no comments.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import lxml.html
import pytest

from indexer.html.finder.announced import announcements
from indexer.html.finder.thread_finder import Steps, find_thread
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
FLAT = {"canalblog", "definition-list", "guestbook-table", "headings", "k2"}
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
    assert [(comment.author, comment.text) for comment in article.comments] == SAID
    assert [(comment.date_published or "")[:10] for comment in article.comments] == DAYS
    ids = [comment.id for comment in article.comments]
    parents = [comment.parent_id and ids.index(comment.parent_id) for comment in article.comments]
    assert parents == ([None] * 3 if name in FLAT else [None, 0, None])
    body = " ".join(section.text for section in article.sections)
    assert not any(line in body for _, text in SAID for line in text.split("\n"))


@pytest.mark.parametrize("name", THREADS)
def test_the_count_confirms_or_it_is_said(name: str) -> None:
    html_page = page(fragment("threads", name))
    assert html_page.article is not None
    is_sure = name in NUMBERED
    assert html_page.article.comment_count == (3 if is_sure else None)
    assert (html_page.article.extra.get("completeness") == "partial") is not is_sure
    assert ("comments" in [remark.kind for remark in html_page.report.remarks]) is not is_sure


@pytest.mark.parametrize("name", NO_THREADS)
def test_no_thread_in(name: str) -> None:
    article = page(fragment("no_threads", name)).article
    assert article is not None
    assert article.comments == ()


def conversation(count: int, nested: bool = False) -> str:
    """A thread of this many comments, all in answer to the first one when `nested`."""
    comment_markup = (
        '<div class="msg" id="m-{n}"><b class="who">Zoé {n}</b> <i class="when">{day} mars 2024 à'
        " 10h{minute:02}</i><p>Message {n}, qui dit quelque chose.</p>{inside}</div>"
    )
    comments = [
        comment_markup.format(n=number, day=1 + number % 28, minute=number % 60, inside="")
        for number in range(1, count)
    ]
    if nested:
        return comment_markup.format(n=0, day=1, minute=0, inside="".join(comments))
    return comment_markup.format(n=0, day=1, minute=0, inside="") + "".join(comments)


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("count", [20, 200, 1000])
def test_a_long_thread_is_found_whole(count: int, nested: bool) -> None:
    thread = f'<div id="fil"><h2>{count} commentaires</h2>{conversation(count, nested)}</div>'
    article = page(thread).article
    assert article is not None
    assert len(article.comments) == article.comment_count == count
    assert (
        sum(comment.parent_id is not None for comment in article.comments) == (count - 1) * nested
    )


LETTERS = "abcdefghijklmnopqrstuvwxyz"
HOSTILE = {
    "a long thread": conversation(700),
    "deep answers": conversation(2, nested=True).replace("</div>", "") * 80,
    "headings that announce": "<h3>3 commentaires</h3><p>2 mars 2024</p>" * 700,
    "threads in threads": '<div class="comments"><i>2 mars 2024</i>' * 700,
    "dates and nothing else": "<i>2 mars 2024</i>" * 2500,
    "dates of every form": "".join(
        f'<i class="c{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}">2 mars 2024</i>'
        for n in range(1500)
    ),
    "one name and no words": "<p><b class='author'>Zoé</b> <i>2 mars 2024</i></p>" * 1000,
    "siblings": '<div class="comments">' + "<i>2 mars 2024</i><p>a</p>" * 1500 + "</div>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_element_is_looked_at_a_few_times(name: str) -> None:
    """Whatever the page: twice as large, and twice as many steps."""
    steps_taken = []
    for times in (1, 2):
        root = lxml.html.document_fromstring(PAGE.format(thread=HOSTILE[name] * times))
        steps = Steps()
        find_thread(root, announcements(root, None), steps=steps)
        size = sum(1 for _ in root.iter())
        assert steps.taken <= 6 * size
        steps_taken.append(steps.taken / size)
    assert steps_taken[1] <= steps_taken[0] * 1.5


LONE = '<div class="{box}"><h2>{title}</h2><div class="x">{comment}</div></div>'
NAMED = '<b class="auteur">Zoé</b> <i>2 mars 2024 à 10:22</i><p>Fermée depuis 2019.</p>'
PLAIN = NAMED.replace(' class="auteur"', "")


@pytest.mark.parametrize("title", ["Forum", "Vos messages", "Discussion", "Vos réactions"])
@pytest.mark.parametrize("box", ["bloc", "forum", "cartouche-messages"])
@pytest.mark.parametrize("comment", [NAMED, PLAIN])
def test_one_comment_alone_is_read_or_said(title: str, box: str, comment: str) -> None:
    html_page = page(LONE.format(box=box, title=title, comment=comment))
    assert html_page.article is not None
    assert html_page.article.extra["completeness"] == "partial"
    assert [remark.kind for remark in html_page.report.remarks] == ["comments"]
    if comment == NAMED and box != "bloc":
        assert [comment.text for comment in html_page.article.comments] == ["Fermée depuis 2019."]


@pytest.mark.parametrize("title", ["Agenda", "Le forum du village", "Sur le forum", "Concert"])
def test_what_is_dated_under_another_heading_makes_nothing_partial(title: str) -> None:
    html_page = page(LONE.format(box="bloc", title=title, comment=NAMED))
    assert html_page.article is not None
    assert "completeness" not in html_page.article.extra


def test_a_thread_beside_the_title() -> None:
    # one block holds the title and the thread, whose dates are as near as the article's own
    comments = "".join(
        f"<div class=sc-ci><div class=sc-ca>{who}</div><div class=sc-cd>2 mars 2024 à 10:2{n}</div>"
        f"<div class=sc-ct>{text}</div><button>Répondre</button></div>"
        for n, (who, text) in enumerate(SAID)
    )
    html = (
        f"<title>Piscine</title><div><h1>Piscine</h1><p>{'La commune ferme la piscine. ' * 9}</p>"
        f'<div data-testid="comments"><div>3 commentaires</div>{comments}</div></div>'
    )
    article = read_html(html.encode(), CAPTURE, []).article
    assert article is not None
    assert [comment.author for comment in article.comments] == [who for who, _ in SAID]


ANSWERS = (
    # beside what they answer
    '<div class="c"><b>Zoé</b> <i class="date">2 mars 2024</i><p>Bravo à tous les deux.</p></div>'
    '<div class="a"><b>Luc</b> <em class="quand">3 mars 2024</em><p>Oui, bien sûr.</p></div>'
    '<div class="c"><b>Yann</b> <i class="date">4 mars 2024</i><p>Merci beaucoup.</p></div>',
    # beside it, in the same element, and longer
    '<div><b>Zoé</b> <i class="date">2 mars 2024</i><p>Bravo à tous.</p></div>'
    "<div><b>Luc</b> <small>3 mars 2024</small><p>Oui, bien sûr.</p></div>"
    '<div><b>Yann</b> <i class="date">4 mars 2024</i><p>Merci bien.</p></div>',
    # inside it
    "<div><b class=author>Zoé</b> <time>2 mars 2024</time><p>Bravo à tous.</p>"
    "<div><b class=author>Luc</b> <small>le 3 mars 2024</small><div>Oui, bien sûr.</div></div>"
    "</div>"
    "<div><b class=author>Yann</b> <time>4 mars 2024</time><p>Merci bien.</p></div>",
)


@pytest.mark.parametrize("thread", ANSWERS)
def test_answers_may_have_dates_of_another_form(thread: str) -> None:
    root = lxml.html.document_fromstring(f"<h1>Sora</h1><h2>3 commentaires</h2><div>{thread}</div>")
    thread_read = find_thread(root, announcements(root, None))
    assert thread_read is not None
    comments = thread_read.items.members
    assert [comment.author for comment in comments] == ["Zoé", "Luc", "Yann"]
    assert comments[1].text == "Oui, bien sûr."
    assert comments[0].text in thread
