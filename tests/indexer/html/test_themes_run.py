"""Are heads and threads right as real themes print them?

The markup is that of WordPress 6.1 under OceanWP, Customizr, Astra and Twenty Nineteen, of PluXml
5.9, of DokuWiki's discussions and of FlatPress 1.4, run with a French article and its thread.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

TEXT = (
    "<p>Le conseil a voté lundi soir la fermeture du bac pendant tout l'hiver, sans débat.</p>" * 3
)
TITLE = "Le bac fermé"
PUBLISHED = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'


def article(body: str, title: str = f"{TITLE} – Le quai", head: str = PUBLISHED) -> Article:
    html = f"<!doctype html><html lang=fr><head><title>{title}</title>{head}</head><body>{body}"
    read = read_html(f"{html}</body></html>".encode(), Capture(date(2026, 11, 30))).article
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("rubric", "heading"),
    [("Blog", "h2"), ("Toutes nos nouvelles", "h3")],
)
def test_a_rubric_above_the_title_is_not_the_title(rubric: str, heading: str) -> None:
    body = f'<header class="page-header"><h1 itemprop="headline">{rubric}</h1></header><main>'
    body += f"<article><{heading}>{TITLE}</{heading}>{TEXT}</article></main>"
    assert article(body).headline == TITLE


def test_a_title_told_otherwise_to_machines_stays_the_title() -> None:
    body = f"<main><article><h1>Le bac est fermé pour l'hiver</h1>{TEXT}<h2>{TITLE}</h2>{TEXT}"
    assert article(f"{body}</article></main>").headline == "Le bac est fermé pour l'hiver"


@pytest.mark.parametrize(
    "line",
    [
        '<div class="entry-meta"><a href="#comments">6 Comments</a> / <a rel="category'
        ' tag" href="/c">'
        "Non classé</a> / By <span class='posted-by vcard author'><a rel=author"
        " href='/a'>Zoé Roy</a>"
        "</span></div>",
        '<div><small><span class="written-by">Rédigé par <a rel=author href="/a">Zoé'
        " Roy</a></span> "
        '<span class="art-nb-com"><a href="#comments">6 commentaires</a></span></small></div>'
        '<div><small><span class="classified-in">Classé dans : Sorties</span></small></div>',
        "<p>—</p><p>by</p><p>No comments</p>",
    ],
)
def test_what_only_says_who_where_and_how_much_is_no_text(line: str) -> None:
    head = f'{PUBLISHED}<meta property="article:section" content="Non classé">'
    read = article(f"<main><article><h1>{TITLE}</h1>{line}{TEXT}</article></main>", head=head)
    assert read.sections[0].text.startswith("Le conseil")


@pytest.mark.parametrize("line", ["Par hasard, rien.", "6 avis contraires", "Dans la nuit"])
def test_a_short_first_line_is_text(line: str) -> None:
    read = article(f"<main><article><h1>{TITLE}</h1><p>{line}</p>{TEXT}</article></main>")
    assert read.sections[0].text.startswith(line)


HENTRY = (
    '<div class="hentry"><div class="comment_head"><a name="comment_{n}" id="comment_{n}"></a><span'
    ' class="vcard author"><span class="fn">{who}</span></span>, <abbr class="published" title='
    '"2024-07-15T09:1{n}:00Z">15/07/2024 09:1{n}</abbr></div><div class="comment_body'
    ' entry-content">'
    "<p>{text}</p></div></div>"
)
REPLIES = '<div class="comment_replies" style="margin-left: 20px;">'


def test_margins_add_up_where_answers_stand_in_answers() -> None:
    first, second, third, last = (
        HENTRY.format(n=n, who=who, text=text)
        for n, who, text in (
            (1, "Hervé", "J’étais au premier rang, sous la pluie."),
            (2, "Zoé", "Vous oubliez les moustiques."),
            (3, "Léon", "Contre eux, la citronnelle."),
            (4, "1984", "Le niveau baisse encore."),
        )
    )
    thread = f"{first}{REPLIES}{second}{REPLIES}{third}</div></div>{last}"
    body = f"<h1>{TITLE}</h1>{TEXT}<div id=comment_wrapper><h2>Discussion</h2>"
    read = article(f'{body}<div class="level2 hfeed">{thread}</div></div>')
    parents = {comment.author: comment.parent_id for comment in read.comments}
    author_of = {comment.id: comment.author for comment in read.comments}
    answered = {name: author_of.get(parent or "") for name, parent in parents.items()}
    assert answered == {"Hervé": None, "Zoé": "Hervé", "Léon": "Zoé", "1984": None}


OCEAN = (
    '<li id="comment-{n}" class="comment-container"><article class="comment depth-1'
    ' comment-body"><div '
    'class="comment-content"><div class="comment-author"><span'
    ' class="comment-link">{who} </span><span '
    'class="comment-meta commentmetadata"><span class="comment-date">15 juillet 2024</span> <a '
    'class="comment-reply-link" href="#respond">Répondre</a></span></div><div'
    ' class="comment-entry">'
    '<div class="comment-content"><p>{text}</p></div></div></div></article></li>'
)
CUSTOMIZR = (
    '<li class="comment depth-1" id="comment-{n}"><div id="div-comment-{n}"><div'
    ' class="comment-body">'
    '<header class="comment-meta"><div class="comment-author vcard">{who} <span'
    ' class="small">{role}'
    '</span></div><time class="comment-date" datetime="0h30"><span>15 juillet 2024,</span> <a href='
    '"#comment-{n}">0h30</a></time></header><div'
    ' class="comment-content"><p>{text}</p></div></div></div>'
    "</li>"
)


@pytest.mark.parametrize("form", [OCEAN, CUSTOMIZR])
@pytest.mark.parametrize("role", ["Post author", "Auteur de l’article"])
def test_a_name_holds_neither_the_date_nor_a_button_nor_a_role(form: str, role: str) -> None:
    names = ("Hervé Lantier", "Zoé d’Arc", "1984")
    items = "".join(
        form.format(n=n, who=who, role=role, text=f"{who} n’y croit guère, dit-on au port.")
        for n, who in enumerate(names, 1)
    )
    body = f"<main><article><h1>{TITLE}</h1>{TEXT}</article></main><div id=comments><ol class="
    comments = article(f"{body}comment-list>{items}</ol></div>").comments
    assert tuple(comment.author for comment in comments) == names
    assert {comment.date_published for comment in comments} <= {
        "2024-07-15",
        "2024-07-15T00:30:00+02:00",
    }


@pytest.mark.parametrize("block", ["wp-block-post-author__name", "wp-block-post-author-name"])
def test_the_author_s_block_signs_wherever_a_theme_puts_it(block: str) -> None:
    foot = f'<div><p>by</p><div><p class="{block}">Maëlle Coquelin</p></div></div>'
    long = TEXT.replace("</p><p>", " ")
    read = article(f'<main><h1>{TITLE}</h1><div class="entry-content">{long}</div>{foot}</main>')
    assert read.author == ("Maëlle Coquelin",)


FLATPRESS = (
    '<li id="comment24071{n}-0912"><strong class="comment-name">{who}</strong><p class="date">'
    '<a href="#comment24071{n}-0912">{when}</a></p><p>{text}</p></li>'
)


def test_an_hour_alone_is_of_the_day_above() -> None:
    whens = ("Lundi 15 Juillet 2024 à 09:12:00", "à 10:40:00", "Mardi 3 Décembre 2024 à 21:05:00")
    items = "".join(
        FLATPRESS.format(n=n, who=f"Zoé {n}", when=when, text="J’étais au premier rang, dit-on.")
        for n, when in enumerate(whens)
    )
    comments = article(f"<h1>{TITLE}</h1>{TEXT}<ol id=comments>{items}</ol>").comments
    assert [comment.date_published for comment in comments] == [
        "2024-07-15T09:12:00+02:00",
        "2024-07-15T10:40:00+02:00",
        "2024-12-03T21:05:00+01:00",
    ]


def test_a_masthead_that_says_the_title_and_today_does_not_date_the_article() -> None:
    today = '<time datetime="2026-11-30T11:09:34+01:00">30 novembre 2026</time>'
    written = '<time datetime="2024-07-14T18:30:00+02:00">14 juillet 2024</time>'
    body = f'<header role="banner"><h1>{TITLE}</h1><p class="meta">Posté sur {today}</p></header>'
    body += f"<main><article><header><h2>{TITLE}</h2><span>Posté sur {written}</span></header>"
    read = article(f"{body}{TEXT}</article></main>", head="")
    assert read.date_published == "2024-07-14T18:30:00+02:00"


def test_the_page_of_an_article_s_comments_has_the_article_s_title() -> None:
    head = f'{PUBLISHED}<meta property="og:title" content="{TITLE} : commentaires">'
    body = f'<h1><a href="/">Le quai</a></h1><h2><a href="/?u=7">{TITLE}</a></h2>{TEXT}'
    assert article(body, f"{TITLE} : commentaires « Le quai", head).headline == TITLE


MYBB = (
    '<div class="post" id="post_{n}"><div class="author_information"><strong><span'
    ' class="largetext">'
    '{who}</span></strong></div><div class="post_head"><span class="post_date">{when}</span></div>'
    '<div class="post_body scaleimages" id="pid_{n}">{text}</div></div>'
)


@pytest.mark.parametrize(
    ("second", "read"),
    [
        ("07-15-2024, 09:12 PM", ["2024-12-03T20:05:00+01:00", "2024-07-15T21:12:00+02:00"]),
        ("15-07-2024, 09:12 PM", ["2024-03-12T20:05:00+01:00", "2024-07-15T21:12:00+02:00"]),
    ],
)
def test_one_day_written_month_first_tells_how_all_are(second: str, read: list[str]) -> None:
    whens = ("12-03-2024, 08:05 PM", second)
    items = "".join(
        MYBB.format(n=n, who=f"Zoé {n}", when=when, text="J’étais au premier rang, sous la pluie.")
        for n, when in enumerate(("01-01-2024, 08:00 AM", *whens), 1)
    )
    comments = article(f'<h1>{TITLE}</h1>{TEXT}<div id="posts">{items}</div>').comments
    assert [comment.date_published for comment in comments][-2:] == read


def test_the_opening_of_a_topic_keeps_its_headings_and_quotations() -> None:
    opening = (
        f"{TEXT}<h3>Et demain</h3><blockquote><cite>Zoé a écrit :</cite>Le bac est un village."
        "</blockquote><p>On verra au printemps.</p>"
    )
    texts = (opening, "<p>J’étais là.</p>", "<p>Moi aussi.</p>")
    items = "".join(
        MYBB.format(n=n, who=f"Zoé {n}", when=f"15-07-2024, 09:1{n}", text=text)
        for n, text in enumerate(texts, 1)
    )
    read = article(f'<h1>{TITLE}</h1><div id="posts">{items}</div>', head="")
    assert [section.headline for section in read.sections] == [None, "Et demain"]
    assert "Le bac est un village." in read.sections[1].text
    assert read.sections[1].text.endswith("On verra au printemps.")
    assert [comment.text for comment in read.comments] == ["J’étais là.", "Moi aussi."]
