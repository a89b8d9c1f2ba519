"""Do engines' own themes tell who wrote a comment, whom it answers, and that it was deleted?

The markup is that of PluXml 5.8's default theme, Disqus's embed, wpDiscuz 5 and 7, AgoraVox, and of
threads that no adapter knows, whose answers are told by the room at their left.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
HEAD = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'


def article(thread: str) -> Article:
    html = f"<html lang=fr><title>Piscine fermée</title>{HEAD}<article><h1>Piscine fermée</h1>"
    page = read_html(f"{html}{TEXT}</article>{thread}</html>".encode(), Capture(date(2026, 11, 28)))
    assert page.article is not None
    return page.article


def shape(thread: str) -> list[tuple[str | None, str, str, int | None]]:
    """Of each comment its author, day and hour, text, and the place of the one it answers."""
    comments = article(thread).comments
    places = {comment.id: place for place, comment in enumerate(comments)}
    return [
        (
            comment.author,
            (comment.date_published or "")[8:16],
            comment.text,
            places.get(comment.parent_id or ""),
        )
        for comment in comments
    ]


ITEMS = [
    (101, "Zoé", "02T10:22", "Déjà en 2019.", 0, None),
    (102, "Jean - Marc", "02T11:05", "Six mois.", 1, 0),
    (103, "Maëlle", "03T09:00", "Un autre fil.", 0, None),
]
EXPECTED = [(who, when, text, parent) for _, who, when, text, _, parent in ITEMS]


def pluxml(link: bool) -> str:
    items = ""
    for number, who, when, text, level, _ in ITEMS:
        name = f'<a rel="nofollow" href="http://x.example" title="{who}">{who}</a>'
        items += (
            f'<div id="c{number}" class="comment level-{level}"><div id="com-{number}"><small>'
            f'<a class="nbcom" href="/a#c{number}" title="#1">#1</a>&nbsp;'
            f'<time datetime="2024-03-{when.replace("T", " ")}">samedi {when[:2]} mars 2024 - '
            f"{when[3:]}</time> - {name if link else who} a dit :</small><blockquote>"
            f'<p class="content_com type-normal">{text}</p></blockquote></div></div>'
        )
    return f'<h3 id="comments">3 commentaires</h3>{items}'


@pytest.mark.parametrize("link", [True, False])
def test_the_default_theme_of_pluxml(link: bool) -> None:
    assert shape(pluxml(link)) == EXPECTED


def disqus(first_message: str = "Déjà en 2019.", *, first_author: str = "Zoé") -> str:
    items = ""
    for number, who, when, text, level, _ in ITEMS:
        parent = '<a class="parent-link" href="#comment-101">Zoé</a>' if level else ""
        author = f'<span class="author"><a>{who}</a></span>'
        time = f'<a href="#comment-{number}" class="time-ago" title="2024-03-{when}">x</a>'
        if number == 101:
            text = first_message
            author, time = (author, time) if first_author else ("", "")
        items += (
            f'<li class="post" id="post-{number}"><div class="post-content"><header>'
            f'<span class="post-byline">{author}{parent}</span>{time}</header>'
            f'<div class="post-message"><p>{text}</p></div></div></li>'
        )
    return f'<div id="disqus_thread"><ul id="post-list">{items}</ul></div>'


def test_disqus_names_the_comment_that_is_answered() -> None:
    assert shape(disqus()) == EXPECTED


@pytest.mark.parametrize("notice", ["Ce commentaire a été supprimé.", "This comment was deleted."])
def test_a_deleted_message_of_disqus_keeps_its_place(notice: str) -> None:
    assert shape(disqus(notice, first_author="")) == [(None, "", "", None), *EXPECTED[1:]]


def wpdiscuz(identity: str, date_of: str = "2024-03-{when}") -> str:
    items = ""
    for number, who, when, text, level, _ in ITEMS:
        unique = identity.format(number=number, parent=101 if level else 0)
        items += (
            f'<div id="wc-comm-{unique}" class="comment wc-comment wc_comment_level-{level + 1}">'
            f'<div id="comment-{number}" class="wc-comment-right"><div class="wc-comment-header">'
            f'<div class="wc-comment-author">{who}</div></div><div class="wc-comment-text"><p>'
            f'{text}</p></div><div class="wc-comment-footer"><div class="wc-comment-date">'
            f"{date_of.format(when=when)}</div></div></div></div>"
        )
    return (
        '<div id="comments"><div id="wpcomm"><div class="wpdiscuz-comment-count">3 Commentaires'
        f'</div><div id="wcThreadWrapper">{items}</div></div></div>'
    )


@pytest.mark.parametrize("identity", ["{number}_{parent}", "7_{number}"])
def test_the_former_names_of_wpdiscuz(identity: str) -> None:
    days = '<time datetime="2024-03-{when}:00+01:00">x</time>'
    assert shape(wpdiscuz(identity, days)) == EXPECTED


def test_an_age_in_the_english_order() -> None:
    comments = article(wpdiscuz("{number}_{parent}", "2 années il y a")).comments
    assert [(comment.date_earliest or "")[:4] for comment in comments] == ["2023"] * 3


def test_a_class_names_the_level_of_agoravox() -> None:
    items = "".join(
        f'<div class="comment{" enfant niveau2" * level}" id="commentaire{number}"><div class='
        f'"col-auteur"><a class="auteur">{who}</a> <span class="date">{when[:2]} mars 2024 '
        f'{when[3:]}</span></div><div class="texte-comment"><p>{text}</p></div></div>'
        for number, who, when, text, level, _ in ITEMS
    )
    assert shape(f'<div id="forums"><h2>3 réactions</h2>{items}</div>') == EXPECTED


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        ('style="margin:0 0 0 0%"', 'style="margin:0 0 0 4%"'),
        ('style="padding: 1px 2px 3px 0"', 'style="padding: 1px 2px 3px 2.5em"'),
        ('style="margin-left:0"', 'style="margin-left:30px"'),
    ],
)
def test_the_room_at_the_left_tells_an_answer(first: str, answer: str) -> None:
    items = "".join(
        f'<div id="message-{number}" class="msg" {answer if level else first}><p><span class="qui">'
        f"{who}</span>, le {when[:2]} mars 2024 à {when[3:]}</p><div>{text}</div><a>Citer</a></div>"
        for number, who, when, text, level, _ in ITEMS
    )
    assert shape(f'<div id="reactions"><h3>3 réactions</h3>{items}</div>') == EXPECTED


def test_an_image_of_a_pixel_high_tells_an_answer() -> None:
    items = "".join(
        f'<div id="m{number}" class="msg"><img src="s.gif" height="1" width="{level * 40}">'
        f'<span class="qui">{who}</span> <span class="date">{when[:2]} mars 2024 {when[3:]}</span>'
        f"<div>{text}</div><a>Répondre</a></div>"
        for number, who, when, text, level, _ in ITEMS
    )
    assert shape(f'<div id="commentaires"><h3>3 commentaires</h3>{items}</div>') == EXPECTED
