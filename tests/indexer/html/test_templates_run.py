"""Are articles and threads right in pages made from the templates that programs come with?

The markup is that of SPIP's skeletons (dist, escal, eva-web, soyezcreateurs, zpip-dist, Taurillon,
nota-bene, territoires).
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

TITLE = "Le bac de Brénod ferme"
TEXT = "Le conseil a voté lundi soir la fermeture du bac pendant tout l’hiver, sans débat."
LIST = "<p>Voici :</p><ul><li>le vote date de mai ;</li><li>trois élus ont parlé.</li></ul>"


def article(body: str, title: str = f"{TITLE} - Le quai", head: str = "") -> Article:
    html = f"<!doctype html><html lang=fr><head><title>{title}</title>{head}</head>{body}</html>"
    article_read = read_html(html.encode(), Capture(date(2026, 11, 30))).article
    assert article_read is not None
    return article_read


def spip(thread: str, above: str = "", below: str = "") -> Article:
    body = f"<div class=page><div class=content><div class=cartouche><h1>{TITLE}</h1>"
    body += "<p><abbr class=published title=2024-03-01T07:00:00Z>1er mars 2024</abbr></p></div>"
    body += f"<div class=texte>{above}{f'<p>{TEXT}</p>' * 3}</div>{thread}{below}</div></div>"
    return article(body)


FORUM = """<li class="{of}"><div class="forum-message"><div class="forum-chapo"><strong
class="forum-titre"><a href="#forum{n}" id="forum{n}">{title}</a></strong><small>{day} juillet
2024&nbsp;09:12, par <span class="forum-qui-{n}">{who}</span></small></div><div
class="forum-texte-{n} forum-texte">{text}</div></div>{answers}</li>"""


def forum() -> str:
    reply = FORUM.format(
        of="", n=2, title=TITLE, day=16, who="léon", text="<p>Oui.</p>", answers=""
    )
    first = FORUM.format(
        of="forum-fil", n=1, title=TITLE, day=15, who="Zoé", text=LIST, answers=f"<ul>{reply}</ul>"
    )
    return f"<ul class=forum>{first}</ul>"


def test_a_list_inside_a_comment_is_of_its_words() -> None:
    comments = spip(forum()).comments
    assert [comment.author for comment in comments] == ["Zoé", "léon"]
    assert comments[0].text == "Voici :\nle vote date de mai ;\ntrois élus ont parlé."
    assert [comment.parent_id for comment in comments] == [None, comments[0].id]


def test_the_head_of_an_answer_is_no_standfirst() -> None:
    assert spip(forum()).description is None


WAYS = {
    "Accueil > Fleuve > " + TITLE: True,
    "Vous êtes ici : Accueil » Fleuve": True,
    "Fleuve / " + TITLE: True,
    "Accueil : du lundi au vendredi": False,
    "Les élus > le préfet": False,
}


@pytest.mark.parametrize("way", WAYS)
def test_the_way_to_the_page_is_none_of_its_text(way: str) -> None:
    text = spip(forum(), above=f"<p class=arbo>{way}</p>").sections[0].text
    assert text.startswith(TEXT if WAYS[way] else way)
