"""Which messages do the signatures of a wiki's page of discussion part?"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import lxml.html
import pytest

from indexer.article import Article
from indexer.html.finder.signed_messages import part_at_signatures
from indexer.html.page import read_html
from indexer.times.capture import Capture

ONE, TWO, THREE = "La crue est de 1998.", "Non, de 1999, voir la source.", "Corrigé, merci."


def signed(name: str, hour: str, space: str = "Utilisateur", talk: str = "discuter") -> str:
    return (
        f'<a href="/wiki/{space}:{name}" title="{space}:{name}">{name}</a>'
        f' (<a href="/wiki/Discussion_utilisateur:{name}">{talk}</a>) 3 mars 2024 à {hour} (CET)'
    )


def page_of(content: str) -> Article:
    page = (
        "<!doctype html><html lang=fr><head><title>Discussion:Le bac — Wikipédia</title></head>"
        "<body class=ns-talk><h1>Discussion:Le bac</h1>"
        f"<div class=mw-parser-output>{content}</div></body></html>"
    )
    article = read_html(page.encode(), Capture(date(2024, 4, 1))).article
    assert article is not None
    return article


def thread_of(article: Article) -> list[tuple[str | None, str, int | None]]:
    places = {comment.id: at for at, comment in enumerate(article.comments)}
    return [(c.author, c.text, places.get(c.parent_id or "")) for c in article.comments]


ZOE, YANN, LEA = signed("Zoé", "10:22"), signed("Yann", "11:05"), signed("Léa", "12:40")
EXPECTED = [("Zoé", ONE, None), ("Yann", TWO, 0), ("Léa", THREE, 1)]
FORMS = {
    "colons": f"<p>{ONE} {ZOE}</p><dl><dd>{TWO} {YANN}<dl><dd>{THREE} {LEA}</dd></dl></dd></dl>",
    "stars": f"<p>{ONE} --{ZOE}</p><ul><li>{TWO} — {YANN}<ul><li>{THREE} {LEA}</li></ul></li></ul>",
    "two lists": f"<p>{ONE} {ZOE}</p><dl><dd>{TWO} {YANN}</dd></dl><dl><dd><dl><dd>{THREE} {LEA}"
    "</dd></dl></dd></dl>",
    "sections": f"<section><h2>Date</h2><p>{ONE} {ZOE}</p><dl><dd>{TWO} {YANN}<dl><dd>{THREE} {LEA}"
    "</dd></dl></dd></dl></section>",
    "buttons": "<div class=mw-heading><h2>Date</h2></div>"
    + f"<p>{ONE} {ZOE}</p><dl><dd>{TWO} {YANN}<dl><dd>{THREE} {LEA}</dd></dl></dd></dl>".replace(
        "(CET)", "(CET)<span>[<a class=reply>répondre</a>]</span>"
    ),
    "styles": f"<p>{ONE} <span style='color:red'><b>{ZOE}</b></span></p><dl><dd>{TWO} <i>{YANN}</i>"
    f"<dl><dd>{THREE} {LEA}</dd></dl></dd></dl>",
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_messages_end_in_their_signatures(content: str) -> None:
    assert thread_of(page_of(content)) == EXPECTED


def test_a_message_of_several_paragraphs_under_a_title() -> None:
    two = f"<h2>Photo</h2><p>{ONE}</p><ul><li>Une source</li></ul><p>{TWO} {ZOE}</p>"
    article = page_of(f"{two}<p>{THREE} {YANN}</p>")
    assert [text for _, text, _ in thread_of(article)] == [f"{ONE}\nUne source\n{TWO}", THREE]
    assert article.comments[0].headline == "Photo"
    assert article.comments[0].date_published == "2024-03-03T10:22:00+01:00"


def test_a_section_that_is_a_list_answers_no_other() -> None:
    other = f"<h2>Photo</h2><ul><li>{THREE} {LEA}</li></ul>"
    thread = thread_of(page_of(f"<p>{ONE} {ZOE}</p><dl><dd>{TWO} {YANN}</dd></dl>{other}"))
    assert [parent for _, _, parent in thread] == [None, 0, None]


def test_somebody_named_in_a_message_does_not_sign_it() -> None:
    mention = '<a href="/wiki/Utilisateur:Léo">Léo</a> a raison, mais pas sur la date.'
    assert thread_of(page_of(f"<p>{mention} {ZOE}</p><p>{TWO} {YANN}</p>")) == [
        ("Zoé", "Léo a raison, mais pas sur la date.", None),
        ("Yann", TWO, None),
    ]


def test_what_nobody_signed_is_the_text() -> None:
    banner = f"<p>{ONE * 9}</p>"
    article = page_of(f"{banner}<h2>Date</h2><p>{TWO} {ZOE}</p><p>{THREE} {YANN}</p>")
    assert len(article.comments) == 2
    assert article.sections[0].text == ONE * 9


@pytest.mark.parametrize("piece", ["<p>Oui. {}</p>", "<dl><dd>Oui. {}", "<p>{} {} Oui.</p>"])
def test_many_messages_are_parted_in_proportion(piece: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Any:
        content = piece.replace("{}", ZOE) * size
        page = f"<div class=mw-parser-output>{content}</div>"
        return partial(part_at_signatures, lxml.html.document_fromstring(page))

    in_proportion(prepare, 1_500)


def test_a_list_of_signatures_has_no_messages() -> None:
    names = "".join(f"<li>{signed(name, '10:22')}</li>" for name in ("Zoé", "Yann"))
    text = f"<p>{ONE * 40}</p>"
    article = page_of(f"{text}<h2>Participants</h2><ul>{names}</ul>{text}")
    assert article.comments == ()
