"""Are threads right in pages as programs in JavaScript and in Python wrote them?

The markup is that of Waline 3, Artalk 2.9, Twikoo 1.7, Mezzanine 6, PyBB Modified 0.19 and others,
with an article and a thread in French.
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
