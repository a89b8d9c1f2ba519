"""Are threads right in pages as programs in JavaScript and in Python wrote them?

The markup is that of Waline 3, Artalk 2.9, Twikoo 1.7, Mezzanine 6, PyBB Modified 0.19, Spirit 0.14
and FlaskBB 2, with an article, or a topic, and its thread in French.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

TEXT = "<p>La criée n’ouvre plus qu’un jour sur deux, et les mareyeurs l’ont su la veille.</p>" * 3
META = '<meta property="article:published_time" content="2025-07-01T08:30:00+02:00">'


def page(thread: str) -> HtmlPage:
    html = f"<html lang=fr><title>La criée - Le phare</title>{META}<main><article><h1>La criée</h1>"
    html += f"{TEXT}</article></main>{thread}</html>"
    return read_html(html.encode(), Capture(date(2025, 12, 1)))


def shape(thread: str) -> list[tuple[str | None, str, int | None]]:
    """Of each comment its author, text, and the place of the one it answers."""
    article = page(thread).article
    assert article is not None
    places = {comment.id: place for place, comment in enumerate(article.comments)}
    return [
        (comment.author, comment.text, places.get(comment.parent_id or ""))
        for comment in article.comments
    ]


WALINE = """<div id="{n}" class="wl-card-item"><div class="wl-card"><div class="wl-head"><span
class="wl-nick">{who}</span><span class="wl-time">2025-07-01</span></div><div
class="wl-content">{to}<div><p>{text}</p></div></div><div
class="wl-quote">{inside}</div></div></div>"""
WALINE_TO = """<div class="wl-reply-to"><a href="#{n}">@{who}</a><span>: </span></div>"""
TWIKOO = """<div id="{n}" class="tk-comment"><strong class="tk-nick">{who}</strong><small
class="tk-time"><time datetime="2025-07-01T08:05:00.000Z">2025-07-01</time></small><div
class="tk-content">{to}<span><p>{text}</p></span></div><div
class="tk-replies">{inside}</div></div>"""
TWIKOO_TO = """<span>Reply <a href="#{n}" class="tk-ruser">@{who}</a> :</span>"""
ARTALK = """<div id="atk-comment-{n}"><div class="atk-header"><span class="atk-nick">{who}</span>
<span class="atk-date" data-atk-comment-date="1751364300000">2025-07-01</span></div><div
class="atk-body">{to}<div class="atk-content"><p>{text}</p></div></div>{inside}</div>"""
ARTALK_TO = """<div class="atk-reply-to"><div class="atk-meta">Reply <span
class="atk-nick">@{who}</span>:</div><div class="atk-content"><p>Ce que {who} avait dit.</p></div>
</div>"""
AT = """<span class="atk-reply-at"><span class="atk-arrow"></span><span
class="atk-nick">{who}</span></span>"""


@pytest.mark.parametrize(
    ("form", "to"),
    [(WALINE, WALINE_TO), (TWIKOO, TWIKOO_TO), (ARTALK, ARTALK_TO), (ARTALK, AT)],
    ids=["Waline", "Twikoo", "Artalk, flat", "Artalk"],
)
def test_whom_a_comment_answers_is_not_of_its_words(form: str, to: str) -> None:
    third = form.format(
        n=14, who="Ewen", to=to.format(n=13, who="Nolwenn"), text="Deux bateaux.", inside=""
    )
    second = form.format(
        n=13, who="Nolwenn", to=to.format(n=12, who="Loïc Prigent"), text="Pas tous.", inside=""
    )
    first = form.format(n=12, who="Loïc Prigent", to="", text="Déjà dit.", inside=second + third)
    last = form.format(n=15, who="Zoé", to="", text="Merci pour ce texte.", inside="")
    assert shape(f'<div id="comments"><h3>4 commentaires</h3>{first}{last}</div>') == [
        ("Loïc Prigent", "Déjà dit.", None),
        ("Nolwenn", "Pas tous.", 0),
        ("Ewen", "Deux bateaux.", 1),
        ("Zoé", "Merci pour ce texte.", None),
    ]


SAID = """<div class="reac"><b class="author">{who}</b> <i class="date">le 0{n}/07/2025</i>{said}
</div>"""


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (
            '<p>Déjà dit cet hiver.</p><p class="reply-to"><a href="#form">Répondre à Zoé</a></p>',
            "Déjà dit cet hiver.",
        ),
        (
            '<div class="words"><p>Répondre à <a href="#1">@Yann</a></p></div>',
            "Répondre à @Yann",
        ),
    ],
    ids=["a button", "all that is said"],
)
def test_what_looks_like_a_mention_and_is_none(said: str, text: str) -> None:
    comments = [
        SAID.format(n=1, who="Zoé", said="<p>Merci pour ce texte.</p>"),
        SAID.format(n=2, who="Yann", said="<p>Deux bateaux, c’est peu.</p>"),
        SAID.format(n=3, who="Zoé", said=said),
    ]
    thread = f'<div class="reactions"><h3>3 réactions</h3>{"".join(comments)}</div>'
    assert shape(thread)[2] == ("Zoé", text, None)


COMMENT = """<div id="comment-{n}" class="comment"><h4>{who} <small class="timespan">1 juillet 2025
10:05</small></h4><p>{text}</p></div>"""


@pytest.mark.parametrize(
    "notice",
    [
        '<p><span class="icon"></span> Commentaire en attente de modération</p>',
        "<div>Pending, visible only to commenter.</div>",
    ],
)
def test_a_comment_that_waits_is_left_aside(notice: str) -> None:
    waiting = COMMENT.format(n=17, who="Pendu", text="Secret.").replace("<p>", f"{notice}<p>")
    first = COMMENT.format(n=12, who="Zoé", text="Merci pour ce texte.")
    second = COMMENT.format(n=13, who="Yann", text="Et pour le suivant.")
    thread = f'<div id="comments"><h3>Commentaires</h3>{first}{second}{waiting}</div>'
    assert [author for author, _, _ in shape(thread)] == ["Zoé", "Yann"]
    assert "unpublished" in {remark.kind for remark in page(thread).report.remarks}


def test_a_link_that_quotes_is_no_quotation() -> None:
    form = """<table class="post" id="post-{n}"><tr><th><span class="updated">1 juillet 2025 10:0{n}
    </span></th></tr><tr><td><span class="post-username">{who}</span></td><td class="post-content">
    <p>{text}</p><div class="post-related"><a href="?quote={n}" class="quote-link">citer</a> <a
    href="#" class="quote-selected-link">citer la sélection</a></div></td></tr></table>"""
    rows = "".join(
        form.format(n=n, who=who, text=text)
        for n, who, text in (
            (1, "Zoé", "Merci pour ce texte."),
            (2, "Yann", "Deux bateaux, c’est peu."),
        )
    )
    article = page(f'<div id="comments"><h3>2 commentaires</h3>{rows}</div>').article
    assert article is not None
    assert [(comment.text, comment.citation) for comment in article.comments] == [
        ("Merci pour ce texte.", ()),
        ("Deux bateaux, c’est peu.", ()),
    ]


SPIRIT = """<div class="comments_list__comment" id="c{n}" data-number="{n}"><div
class="comment__info__username"><a href="/u/{n}"><span>{who}</span></a></div><ul
class="comment__info__date"><li title="1 juillet 2025 1{n}:05">5 mois</li></ul><div
class="comment__text">{text}</div><a class="js-tab" href="#">share</a></div>"""
FLASKBB = """<div id="{n}" class="row post-row"><div class="author col-md-2"><div
class="author-name"><h4><a href="/u/{n}">{who}</a></h4></div><div
class="author-title"><h5>Membre</h5></div><div class="author-registered">Inscrit:
janv. 02 2020</div><div class="author-posts">Messages: 12</div></div><div
class="post-box"><div class="post-meta"><a href="/p/{n}">01 juillet 2025 - 1{n}:05</a>
<strong>#{n}</strong></div><div class="post-content" id="pid{n}">{text}</div></div></div>"""
OPENING = f"{TEXT}<h2>Une saison sans lieu jaune</h2><p>Les quotas ont fondu de moitié.</p>"
MESSAGES = (
    (1, "Maël", OPENING),
    (2, "Zoé", "<p>Déjà dit cet hiver.</p>"),
    (3, "Yann", "<p>Deux bateaux, c’est peu.</p>"),
)


@pytest.mark.parametrize(
    ("form", "around"),
    [
        (SPIRIT, '<h1 class="topic__title">La criée</h1><div class="comments_list">{}</div>'),
        (FLASKBB, '<h1>La criée</h1><div class="topic-view"><div class="panel">{}</div></div>'),
    ],
    ids=["Spirit", "FlaskBB"],
)
def test_a_page_that_names_its_topic_has_its_first_message_for_article(
    form: str, around: str
) -> None:
    items = "".join(form.format(n=n, who=who, text=text) for n, who, text in MESSAGES)
    html = f"<html lang=fr><title>La criée - Forum</title>{around.format(items)}</html>"
    article = read_html(html.encode(), Capture(date(2025, 12, 1))).article
    assert article is not None
    assert article.author == ("Maël",)
    assert article.date_published == "2025-07-01T11:05:00+02:00"
    assert [section.headline for section in article.sections] == [
        None,
        "Une saison sans lieu jaune",
    ]
    assert [(comment.author, comment.headline) for comment in article.comments] == [
        ("Zoé", None),
        ("Yann", None),
    ]


@pytest.mark.parametrize(
    "around",
    [
        '<body>{photo}<div id="comments" class="comment-thread"><h3>2 commentaires</h3>{comments}'
        "</div>",
        '<body class="topic-phares">{photo}<div><h3>2 commentaires</h3>{comments}</div>',
        '<body class="topic-phares">{photo}<div>{comments}</div>',
        '<div class="topic-page">{photo}<div><h3>2 commentaires</h3>{comments}</div></div>',
        '{photo}<div class="thread"><h3>2 commentaires</h3>{comments}</div>',
        '<article>{topic}</article><div id="comments">{comments}</div>',
    ],
)
def test_photos_with_comments_are_no_topic(around: str) -> None:
    comments = "".join(
        COMMENT.format(n=n, who=who, text="Une belle lumière, merci.")
        for n, who in ((12, "Zoé"), (13, "Yann"))
    )
    photo = "<h1>Le phare</h1><img src=a.jpg><p>Le phare, vu hier soir.</p>"
    topic = photo.replace("<h1>", '<h1 class="topic">')
    body = around.format(photo=photo, topic=topic, comments=comments)
    html = f"<html lang=fr><title>Le phare</title>{META}{body}</html>"
    article = read_html(html.encode(), Capture(date(2025, 12, 1))).article
    assert article is not None
    assert [comment.author for comment in article.comments] == ["Zoé", "Yann"]
