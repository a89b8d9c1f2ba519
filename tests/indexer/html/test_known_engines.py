"""Do the adapters of French blog engines and services find threads as these programs write them?

The pages are written for these tests, after the markup of wpDiscuz 7, PluXml 5.8, JComments 4,
Agoravox, Disqus once rendered, Slate, SPIP 3.2's hreview and Dotclear 2's default theme.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

CAPTURE = Capture(date(2026, 11, 28))
TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
ITEMS = [("11", "Zoé", "Déjà en 2019.", ""), ("12", "Yann", "Six mois.", "11")]
ITEMS += [("13", "Maëlle", "Un autre fil.", "")]


def page(thread: str) -> HtmlPage:
    head = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
    html = f"<html lang=fr><title>Piscine fermée</title>{head}<article><h1>Piscine fermée</h1>"
    return read_html(f"{html}{TEXT}</article>{thread}</html>".encode(), CAPTURE)


WPDISCUZ = """<div id="wpd-comm-{n}_{to}" class="comment wpd-comment wpd_comment_level-{level}"><div
class="wpd-comment-wrap"><div id="comment-{n}" class="wpd-comment-right"><div
class="wpd-comment-header"><div class="wpd-comment-author">{who}</div><div class="wpd-comment-date"
title="2 mars 2024 10 h 22 min">il y a 2 ans</div></div><div class="wpd-comment-text"><p>{said}</p>
</div><div class="wpd-comment-footer"><span>Répondre</span></div></div></div></div>"""
PLUXML = """<div id="c{n}" class="comment level-{depth}"><div id="com-{n}"><small><a class="nbcom"
href="/a#c{n}">#{n}</a> <time datetime="2024-03-02 10:22">2 mars</time> -
<span class="author">{who}</span> dit :</small><blockquote><p class="content_com type-normal">{said}
</p></blockquote></div></div>"""
JCOMMENTS = """<div class="even" id="comment-item-{n}"><div class="rbox"><div class="comment-box"><a
class="comment-anchor" href="/a#comment-{n}" id="comment-{n}">#1</a><span class="comment-author">
{who}</span> <span class="comment-date">02-03-2024 10:22</span><div class="comment-body">{said}
</div><span class="comments-buttons"><a href="#">Citer</a></span></div></div></div>"""
AGORAVOX = """<div class="comment" id="commentaire{n}"><div class="col-auteur"><a class="auteur"
href="/auteur/x">{who}</a> <span class="date">2 mars 2024 10:22</span></div><div
class="texte-comment"><p>{said}</p></div></div>"""
DISQUS = """<li class="post" id="post-{n}"><div class="post-content"><header
class="comment__header"><span class="post-byline"><span class="author"><a>{who}</a></span></span> <a
class="time-ago" title="samedi 2 mars 2024 10:22">il y a 2 ans</a></header><div
class="post-message"><p>{said}</p>
</div></div></li>"""
SLATE = """<a id="comment-{n}"></a><div class="article_comment_item"><div class="comment_infos"><div
class="comment_author">Soumis par <span class="comment_author_name">{who}</span>, le samedi 2 mars
2024 à 10h22</div></div><div class="comment_content"><p>{said}</p></div></div>"""
HREVIEW = """<li class="comment-li comment-item"><a name="forum{n}" id="forum{n}"></a><div
class="comment hreview"><p class="comment-meta"><time datetime="2024-03-02T09:22:00Z">Le 2 mars à
10:22</time><span class="reviewer vcard">, par {who}</span> <span class="item">En réponse à : <a
class="url fn"
href="/a">Piscine fermée</a></span></p><div class="comment-content
description"><div class="comment-texte"><p>{said}</p></div></div></div></li>"""
DOTTY = """<li id="c{n}" class="comment odd"><p class="comment-info"><a href="#c{n}"
class="comment-number">1</a> De {who} - <time datetime="2024-03-02T10:22:00+01:00">02/03/2024, 10:22
</time></p><div class="comment-content"><p>{said}</p></div></li>"""
ENGINES = {
    "wpdiscuz": (
        WPDISCUZ,
        '<div id="wpdcom"><div class="wpd-thread-info">3 Commentaires</div>{}</div>',
    ),
    "pluxml": (PLUXML, '<h2 id="comments">3 commentaires</h2>{}'),
    "jcomments": (
        JCOMMENTS,
        '<div id="jc"><div id="comments-list" class="comments-list">{}</div></div>',
    ),
    "agoravox": (AGORAVOX, '<div id="forums"><h2>3 réactions</h2>{}</div>'),
    "disqus": (DISQUS, '<div id="disqus_thread"><ul id="post-list">{}</ul></div>'),
    "slate": (SLATE, '<div class="article_footer_comments">{}</div>'),
    "spip": (HREVIEW, '<div class="comments-posts"><h2>Vos commentaires (3)</h2><ul>{}</ul></div>'),
    "dotclear": (DOTTY, '<div id="comments"><h3>3 réactions</h3><ul>{}</ul></div>'),
}
ANSWERS = {"wpdiscuz", "pluxml"}
"""Those whose markup says the level of an answer that is not inside what it answers."""


@pytest.mark.parametrize("name", ENGINES)
def test_thread_of(name: str) -> None:
    item, around = ENGINES[name]
    items = "".join(
        item.format(
            n=n, who=who, said=text, to=to or "0", level=2 if to else 1, depth=1 if to else 0
        )
        for n, who, text, to in ITEMS
    )
    html_page = page(around.format(items))
    assert html_page.article is not None
    assert {
        finding.by for finding in html_page.report.findings if finding.member == "commentaires"
    } == {name}
    rows = [
        (
            comment.id.rpartition("-")[2],
            comment.author,
            comment.text,
            (comment.parent_id or "").rpartition("-")[2],
        )
        for comment in html_page.article.comments
    ]
    assert rows == [(n, who, text, to if name in ANSWERS else "") for n, who, text, to in ITEMS]
    assert {(comment.date_published or "")[:13] for comment in html_page.article.comments} <= {
        "2024-03-02T10",
        "2024-03-02T09",
    }


ANNOUNCED = {
    "a heading": ("<section><h2>10 réactions</h2></section>", 10),
    "a count in words": ('<div id="comments"><h3>Une réponse</h3></div>', 1),
    "a link to the thread": ('<a href="#commentaires">3 Commentaires</a>', 3),
    "a program": ('<div id="disqus_thread"></div>', None),
    "Talkyard": ('<div class="talkyard-comments"></div>', None),
    "answers from Mastodon": ('<div id="mastodon-comments-list"></div>', None),
    "a script": (
        '<script src="https://a.disqus.com/embed.js"></script><div id="disqus_thread">',
        None,
    ),
    "an element": (
        "<hyvor-talk-comments></hyvor-talk-comments><div class='hyvor-talk'></div>",
        None,
    ),
    "a button to another page": ('<a href="/reagir/12">Voir les 12 réactions</a>', 12),
    "a block of its own": (
        '<div class="comments-teaser"><a href="/x/avis">Lire les 12 commentaires</a></div>',
        12,
    ),
    "a forum": ('<p><a href="https://f.example/t/1">Discuter sur le forum (7 messages)</a></p>', 7),
    # Ghost 5: comments are shown by a script of its own, and no element has its name before
    "Ghost's script": (
        '<script src="https://cdn.example/comments-ui.min.js" data-post-id="1"></script>',
        None,
    ),
    "a thread for subscribers": (
        "<div class='comments'><p>Les commentaires sont réservés aux abonnés. 8 commentaires "
        "publiés.</p></div>",
        8,
    ),
    "the same without a number": ("<p>Identifiez-vous pour lire les commentaires</p>", None),
    "a title that goes on with the article's": ("<h3>Un commentaire sur Piscine fermée</h3>", 1),
    "the same, between quotation marks": ("<h3>2 Responses to “Another title”</h3>", 2),
    "the same, between others": ("<h3>Une réponse à « Un autre titre »</h3>", 1),
    "the same, of this article": ("<h3>3 commentaires sur cet article</h3>", 3),
    "dates and no names": (
        "<div class='comments'><p>2 mars 2024</p><p>Bonjour.</p><p>3 mars 2024</p><p>Non.</p>",
        None,
    ),
}


@pytest.mark.parametrize("name", ANNOUNCED)
def test_a_thread_that_is_not_read_is_said(name: str) -> None:
    piece, count = ANNOUNCED[name]
    html_page = page(piece)
    assert html_page.article is not None
    assert (html_page.article.comments, html_page.article.comment_count) == ((), count)
    assert html_page.article.extra == {"completeness": "partial"}
    assert {"comments", "comment_count"} & {remark.kind for remark in html_page.report.remarks}


NOT_ANNOUNCED = {
    "none": '<div id="comments"><h3>Aucun commentaire</h3></div>',
    "zero": '<div id="disqus_thread"></div><h3>0 commentaire</h3>',
    "a form": '<div id="respond"><h3>Laisser un commentaire</h3><form></form></div>',
    "the count of another page": '<p><a href="/x">Le pont</a> <span>12 commentaires</span></p>',
    "a link to another page": '<p><a href="/x#comments">12 commentaires</a></p>',
    "nothing": "<p>Bonne lecture.</p>",
    "a form for members": "<p>Connectez-vous pour écrire un commentaire</p>",
    "a sentence with a number": "<p>Résultat : 12 réponses publiées.</p>",
    "a section's title": "<h2>Une réponse attendue</h2><p>Elle viendra.</p>",
    "a numbered one": "<h2>3 réponses pour comprendre</h2><p>La première.</p>",
    "one with an elision": "<h2>Une réponse à l'appel de la mairie</h2><p>Elle est venue.</p>",
    "one that goes on": "<h3>Un message à la mer</h3><p>Il est parti.</p>",
}


@pytest.mark.parametrize("name", NOT_ANNOUNCED)
def test_a_page_without_a_thread_is_whole(name: str) -> None:
    html_page = page(NOT_ANNOUNCED[name])
    assert html_page.article is not None
    assert html_page.article.extra == {}


def test_a_name_that_only_the_markup_says() -> None:
    thread = (
        '<ol class="comment-list"><li id="comment-7"><img alt="Avatar de Zoé"><time datetime='
        '"2024-03-02T10:22:00+01:00">x</time><div class="comment-content">Oui.</div></li></ol>'
    )
    article = page(thread).article
    assert article is not None
    assert [comment.author for comment in article.comments] == ["Zoé"]


def test_the_address_behind_a_link_of_a_comment() -> None:
    text = '<a href="https://a.example/preuve">ici</a>.'
    item = AGORAVOX.format(n="11", who="Zoé", said=text)
    article = page(f'<div id="forums"><h2>1 réaction</h2>{item}</div>').article
    assert article is not None
    assert article.comments[0].extra == {"links": ["https://a.example/preuve"]}
