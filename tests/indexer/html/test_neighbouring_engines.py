"""Are threads right in the themes next to those that the adapters were made from?

The markup is that of OceanWP 3, Substack, Drupal 7 to 10 in French, Blogger's first layouts, and
Dotclear's Ductile and Berlin; of K2 and TypePad with one comment alone; and of giscus, which
counts comments and answers apart.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

CAPTURE = Capture(date(2026, 11, 28))
TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
ITEMS = [
    ("1011", "Zoé", "2 mars 2024", "10:22", "Déjà en 2019."),
    ("1012", "Yann", "3 mars 2024", "11:05", "Six mois."),
    ("1013", "Maëlle", "4 mars 2024", "09:00", "Un autre fil."),
]
OCEANWP = """<li class="comment depth-1" id="comment-container-{n}"><article id="comment-{n}"
class="comment-container"><div class="comment-content"><cite class="fn">{who}</cite><span
class="comment-meta commentmetadata"><span class="comment-date">{day} à {at}</span></span><div
class="comment-entry"><p>{said}</p></div></div></article></li>"""
SUBSTACK = """<div class="comment"><div id="comment-{n}"></div><table class="comment-content"><tr>
<td><div class="comment-meta"><a class="comment-name">{who}</a><a class="comment-timestamp"
title="{day}, {at}">Mar 2</a></div><div class="comment-body"><p>{said}</p></div></td></tr></table>
</div>"""
DRUPAL = """<article data-comment-user-id="0" id="comment-{n}" class="comment js-comment"><footer
class="comment__meta"><p class="comment__author"><span>{who} (non vérifié)</span></p><p
class="comment__time">{day} - {at}</p></footer><div class="comment__content"><div
class="field--name-comment-body"><p>{said}</p></div></div></article>"""
BLOGGER = """<dt class="comment-author" id="c{n}"><a name="c{n}"></a><a rel="nofollow">{who}</a> a
dit…</dt><dd class="comment-body"><p>{said}</p></dd><dd class="comment-footer"><span
class="comment-timestamp"><a href="#c{n}">{day} à {at}</a></span></dd>"""
DUCTILE = """<dt id="c{n}"><a class="comment-number" href="#c{n}">1</a> De <a href="x">{who}</a> -
{day}, {at}</dt><dd><p>{said}</p></dd>"""
BERLIN = """<li id="c{n}" class="comment"><p class="comment-info"><a href="#c{n}"
class="comment-number">1</a> <strong class="comment-author">De {who}</strong> - <span
class="comment-date">{day}, {at}</span></p><div class="comment-content"><p>{said}</p></div></li>"""
ENGINES = {
    "OceanWP": (OCEANWP, '<section id="comments"><ol class="comment-list">{}</ol></section>'),
    "Substack": (SUBSTACK, '<div class="comments-page"><h4>3 Comments</h4>{}</div>'),
    "Drupal": (DRUPAL, '<section class="comments"><h2>Commentaires</h2>{}</section>'),
    "Blogger": (BLOGGER, '<div id="comments"><dl id="comments-block">{}</dl></div>'),
    "Ductile": (DUCTILE, '<div id="comments"><h3>3 réactions</h3><dl>{}</dl></div>'),
    "Berlin": (BERLIN, '<div id="comments"><h3>3 commentaires</h3><ol>{}</ol></div>'),
}


def article(thread: str) -> Article:
    head = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
    html = f"<html lang=fr><title>Piscine fermée</title>{head}<article><h1>Piscine fermée</h1>"
    article_read = read_html(f"{html}{TEXT}</article>{thread}</html>".encode(), CAPTURE).article
    assert article_read is not None
    return article_read


@pytest.mark.parametrize("name", ENGINES)
def test_thread_of(name: str) -> None:
    item, around = ENGINES[name]
    items = (
        item.format(n=n, who=who, day=day, at=at, said=text) for n, who, day, at, text in ITEMS
    )
    comments = article(around.format("".join(items))).comments
    assert [(comment.author, comment.text) for comment in comments] == [
        (who, text) for _, who, _, _, text in ITEMS
    ]
    assert [(comment.date_published or "")[8:16] for comment in comments] == [
        f"{day[0]:0>2}T{at}" for _, _, day, at, _ in ITEMS
    ]


def test_who_has_no_account_is_a_role() -> None:
    thread = ENGINES["Drupal"][1].format(DRUPAL.format(n=1, who="Zoé", day="", at="", said="Oui."))
    assert [comment.author_role for comment in article(thread).comments] == ["non vérifié"]


ALONE = {
    "K2": """<div class="itemComments"><h3>1 Commentaire</h3><ul><li><span class="commentLink">
<a href="/a#comment1">Lien vers le commentaire</a></span><span class="commentDate">2 mars 2024
10:22</span><span class="commentAuthorName">posté par Zoé</span><p>Bravo.</p></li></ul></div>""",
    "TypePad": """<div class="comments" id="comments"><h2>Commentaires</h2><div
class="comments-content"><div class="comment"><div class="comment-content"><p>Bravo.</p></div><p
class="comment-footer">Rédigé par : <a href="x">Zoé</a> | <a href="#c">2 mars 2024 à 10:22</a></p>
</div></div></div>""",
}


@pytest.mark.parametrize("name", ALONE)
def test_one_comment_alone(name: str) -> None:
    comments = article(ALONE[name]).comments
    assert [(comment.author, comment.text) for comment in comments] == [("Zoé", "Bravo.")]


def test_comments_and_answers_counted_apart() -> None:
    comment_markup = (
        '<div class="gsc-comment"><b class="gsc-comment-author">{}</b> <time datetime="2024-03-02'
        'T10:22:00Z">2 mars</time><div class="gsc-comment-content"><p>{}</p></div>{}</div>'
    )
    answer = comment_markup.format("Yann", "Six mois.", "")
    thread = (
        '<div class="giscus"><div><h4>2 commentaires</h4> <h4>1 réponse</h4></div>'
        + comment_markup.format("Zoé", "Déjà en 2019.", f'<div class="gsc-replies">{answer}</div>')
        + comment_markup.format("Maëlle", "Un autre fil.", "")
        + "</div>"
    )
    parsed = article(thread)
    assert [comment.author for comment in parsed.comments] == ["Zoé", "Yann", "Maëlle"]
    assert parsed.comment_count == 3
    assert "completeness" not in parsed.extra


@pytest.mark.parametrize(
    "mark",
    [
        '<em class="comment-awaiting-moderation">Votre commentaire est en attente de'
        " modération.</em>",
        "<p>Ce commentaire est en attente de validation.</p>",
        "<em>Your comment is awaiting moderation.</em>",
    ],
)
def test_a_comment_that_no_moderator_has_published_is_left_aside(mark: str) -> None:
    items = "".join(
        f'<li id="comment-{n}" class="comment"><article id="div-comment-{n}" class="comment-body">'
        f'<b class="fn">{who}</b><time datetime="2024-03-02T10:22:00Z">2 mars</time>'
        f'{mark * (n == "1012")}<div class="comment-content"><p>{text}</p></div></article></li>'
        for n, who, _, _, text in ITEMS
    )
    parsed = article(f'<div id="comments"><ol class="comment-list">{items}</ol></div>')
    assert [comment.author for comment in parsed.comments] == ["Zoé", "Maëlle"]


STATES = [
    # Plone, Drupal, programs that name a state after what it is of
    ('class="comment replyTreeLevel0 state-{}"', "pending", "published"),
    ('class="comment{}"', " comment-unpublished", ""),
    ('class="comment comment--{}"', "pending", "approved"),
    ('class="commentaire" data-status="{}"', "spam", "approved"),
]


@pytest.mark.parametrize(("attributes", "state", "other"), STATES)
def test_a_comment_that_moderators_alone_see_is_left_aside(
    attributes: str, state: str, other: str
) -> None:
    items = "".join(
        f'<div {attributes.format(state if n == "1012" else other)} id="c{n}"><b>{who}</b> <time '
        f'datetime="2024-03-02T10:22:00Z">2 mars</time><p>{text}</p></div>'
        for n, who, _, _, text in ITEMS
    )
    parsed = article(f'<section id="comments"><h2>Commentaires</h2>{items}</section>')
    assert [comment.author for comment in parsed.comments] == ["Zoé", "Maëlle"]


def test_a_badge_says_that_a_comment_waits() -> None:
    badge = '<div class="comment-header"><b>{}</b> <span class="badge">{}</span></div>'
    states = {"1012": "En attente"}
    items = "".join(
        f'<div class="comment" id="c{n}">{badge.format(who, states.get(n, "Élue"))}'
        f'<time datetime="2024-03-02T10:22:00Z">2 mars</time><p>{text}</p></div>'
        for n, who, _, _, text in ITEMS
    )
    parsed = article(f'<section id="comments"><h2>Commentaires</h2>{items}</section>')
    assert [comment.author for comment in parsed.comments] == ["Zoé", "Maëlle"]


@pytest.mark.parametrize(
    "attributes", ['class="comment spam-report"', 'class="comment" data-state="pending-votes"']
)
def test_what_only_looks_like_a_state_keeps_comments(attributes: str) -> None:
    items = "".join(
        f'<div {attributes} id="c{n}"><b>{who}</b> <time datetime="2024-03-02T10:22:00Z">2 mars'
        f"</time><p>{text}</p></div>"
        for n, who, _, _, text in ITEMS
    )
    parsed = article(f'<section id="comments"><h2>Commentaires</h2>{items}</section>')
    assert len(parsed.comments) == len(ITEMS)


def test_a_comment_about_moderation_is_kept() -> None:
    text = "Mon commentaire est en attente de modération depuis hier, je proteste."
    items = OCEANWP.format(n="7", who="Zoé", day="2 mars 2024", at="10:22", said=text)
    parsed = article(f'<section id="comments"><ol class="comment-list">{items}</ol></section>')
    assert [comment.text for comment in parsed.comments] == [text]


PAGED = [
    ("/2024/piscine/", "/2024/piscine/?page=1#comments", True),
    ("/spip.php?article1", "spip.php?article1&debut_forums=20#pagination_forums", True),
    ("/2024/piscine/", "/2024/piscine/comment-page-2/#comments", True),
    ("/2024/piscine/", "/2024/autre/?page=1#comments", False),
    ("/2024/piscine/", "/2024/piscine/?page=0#comments", False),
]


@pytest.mark.parametrize(("path", "link", "partial"), PAGED)
def test_a_thread_cut_in_pages_is_partial(path: str, link: str, partial: bool) -> None:
    items = OCEANWP.format(n="7", who="Zoé", day="2 mars 2024", at="10:22", said="Oui.")
    thread = f'<ol class="comment-list">{items}</ol><a href="{link}">2</a>'
    canonical = f'<link rel="canonical" href="https://a.example{path}">'
    parsed = article(f'{canonical}<section id="comments">{thread}</section>')
    assert (parsed.extra.get("completeness") == "partial") is partial
