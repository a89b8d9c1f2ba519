"""Are the messages of trackers, of small forums and of Tumblr read, without their events?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import read_html
from indexer.times.capture import Capture

NAMES = ("Zoé", "Yann", "Léa")
WORDS = ("La crue est de 1998.", "Non, de 1999, voir la source.", "Corrigé, merci à tous deux.")
TEXT = (
    "La ville a fermé mardi la passerelle, dont les câbles sont rongés depuis l'hiver, après un"
    " rapport d'ingénieurs remis au conseil municipal vendredi soir."
)
ENGINES = {
    "asgaros": (
        "<div id=af-wrapper><h1>La passerelle</h1>{}</div>",
        "<div class=forum-post id=postid-{n}><div class=post-author><span class=post-username>"
        "{name}</span><span>4 messages</span></div><div class=forum-post-header><div class="
        "forum-post-date><a href='#postid-{n}'>#{n}</a> · {day} mars 2024 à 10:22</div></div>"
        "<div class=forum-post-content><p>{words}</p></div></div>",
        "",
    ),
    "kunena 4": (
        "<div id=kunena><h1>La passerelle</h1>{}</div>",
        "<div class=kmessage id={n}><div class=profilebox><a class=kwho-admin>{name}</a></div><div"
        " class=kmsg-head><span title='{day} mars 2024 à 10:22'>{day} mars</span></div><div class="
        "kmessage><p class=kmsg>{words}</p></div></div>",
        "",
    ),
    "gitlab": (
        "<h1>La passerelle</h1><div class=md><p>{text}</p><p>{text}</p></div>"
        "<ul class=notes>{}</ul>",
        "<li class='note timeline-entry' id=note_{n}><span class=note-header-author-name>{name}"
        "</span> <a class=note-timestamp><time datetime=2024-03-0{day}T10:22:00+01:00>il y a 2 ans"
        "</time></a><div class='note-text md'><p>{words}</p></div></li>",
        "<li class='note system-note'><span class=note-header-author-name>Léo</span> a fermé le "
        "ticket <time datetime=2024-03-09T10:22:00Z>hier</time></li>",
    ),
    "redmine": (
        "<h1>La passerelle</h1><div class=wiki><p>{text}</p><p>{text}</p></div>"
        "<div id=history>{}</div>",
        "<div id=change-{n} class=journal><h4 class=note-header>Mis à jour par <a class=user>{name}"
        "</a> <a title='0{day}/03/2024 10:22'>il y a 2 ans</a></h4><div class=wiki"
        " id=journal-{n}-notes><p>{words}</p></div></div>",
        "<div id=change-9 class=journal><h4>Mis à jour par <a class=user>Léo</a> <a title="
        "'09/03/2024 10:22'>hier</a></h4><ul class=details><li>Statut : fermé</li></ul></div>",
    ),
    "mastodon 3": (
        "<div class=activity-stream><div class=detailed-status><a class=display-name><strong class="
        "display-name__html>Léo</strong></a><div class=status__content>{text}</div><time datetime="
        "2024-03-01T10:22:00+01:00>1er mars</time></div>{}</div>",
        "<div class=status data-id={n}><a class=display-name><strong class=display-name__html>"
        "{name}</strong></a><time datetime=2024-03-0{day}T10:22:00+01:00>2 ans</time><div class="
        "status__content><p>{words}</p></div></div>",
        "",
    ),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_messages_and_no_events(engine: str) -> None:
    around, message, event = ENGINES[engine]
    messages = "".join(
        message.format(n=100 + day, name=name, day=day, words=words)
        for day, (name, words) in enumerate(zip(NAMES, WORDS, strict=True), 2)
    )
    body = around.format(event + messages, text=TEXT)
    page = f"<!doctype html><html lang=fr><title>La passerelle</title><body>{body}</body></html>"
    article = read_html(page.encode(), Capture(date(2024, 4, 1))).article
    assert article is not None
    opening = [section.text for section in article.sections]
    is_topic = opening == [WORDS[0]]
    thread = [(c.author, c.text, c.date_published) for c in article.comments]
    expected = [
        (name, words, f"2024-03-0{day}T10:22:00+01:00")
        for day, (name, words) in enumerate(zip(NAMES, WORDS, strict=True), 2)
    ]
    assert thread == expected[is_topic:]


def test_answers_to_a_post_of_tumblr_and_no_likes() -> None:
    likes = "<li class='note like'><span class=action><a>Léo</a> a aimé ce billet</span></li>"
    notes = "".join(
        f"<li class='note reply'><span class=action><a href='https://a.example'>{name}</a> a"
        f" répondu : <span class=answer_content>{words}</span></span></li>"
        for name, words in zip(NAMES, WORDS, strict=True)
    )
    page = (
        "<!doctype html><title>La passerelle</title><meta property=og:type content=article>"
        f"<article><h1>La passerelle</h1><p>{TEXT}</p></article><ol class=notes>{likes}{notes}</ol>"
    )
    article = read_html(page.encode(), Capture(date(2024, 4, 1))).article
    assert article is not None
    thread = [(comment.author, comment.text) for comment in article.comments]
    assert thread == list(zip(NAMES, WORDS, strict=True))
