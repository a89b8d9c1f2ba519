"""Is a comment kept that could be a date, a name, a count or a button, where words stand?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import read_html
from indexer.times.capture import Capture

SAID = """Deux bateaux, hier.
Demain matin !
2
Merci
Lundi dernier
Il y a 3 ans
Jean Dupont
+1
3 réponses ?
Hier soir, oui.
Pas aujourd'hui.
Le 12 mars 2024.
12/03/2024
1984
Vendredi à 18h
5 min
Par le maire
Par Zoé le 3 mars
Signaler
12 votes
?
👍
En réponse à Zoé
Encore hier, non ?""".splitlines()
FIRST = "Cette passerelle aurait dû être repeinte il y a dix ans, tout le monde le savait."
LAST = "Et les vélos, ils passent par où maintenant ? Le pont routier est un coupe-gorge."
NAMES = ("Yann", "Inès", "Malo")
FORMS = {
    "paragraph": "<div class=c><div><b>{a}</b> <i>{n} mars 2024 10:2{n}</i></div><p>{t}</p></div>",
    "element": "<div class=c><span class=who>{a}</span><span class=date>{n} mars 2024 10:2{n}"
    "</span><div class=zz>{t}</div></div>",
    "below": "<div class=e><p>{t}</p><p class=m>Posté par {a} le {n} mars 2024 10:2{n}</p></div>",
    "beside": "<div class=e><b>{a}</b> <i>{n} mars 2024</i><br>{t}</div>",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_short_comment_is_what_stands_where_the_words_of_others_do(form: str) -> None:
    comments = {said: comments_of(FORMS[form], (FIRST, said, LAST)) for said in SAID}
    expected = {said: list(zip(NAMES, (FIRST, said, LAST), strict=True)) for said in SAID}
    assert comments == expected


def comments_of(form: str, texts: tuple[str, ...]) -> list[tuple[str | None, str]]:
    written = "".join(
        form.format(n=place + 1, a=NAMES[place], t=text) for place, text in enumerate(texts)
    )
    return comments_in(written, len(texts))


def comments_in(written: str, count: int) -> list[tuple[str | None, str]]:
    markup = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article></head><body><article><h1>La passerelle</h1>"
        f"<p>{'La ville a fermé la passerelle, dont les câbles sont rongés. ' * 6}</p></article>"
        f"<div id=comments><h2>{count} commentaires</h2>{written}</div></body></html>"
    )
    article = read_html(markup.encode(), Capture(date(2024, 3, 10))).article
    assert article is not None
    return [(comment.author, comment.text) for comment in article.comments]


def test_signs_between_buttons_are_no_words() -> None:
    form = "<div class=e><b>{a}</b> <i>{n} mars 2024</i><br>{t}<a href='#'>Répondre</a> | </div>"
    assert comments_of(form, (FIRST, "", LAST)) == [("Yann", FIRST), ("Malo", LAST)]


@pytest.mark.parametrize("name", ["<span class=author>Malo</span> <b>Modo</b>", "Par Malo"])
def test_what_is_bold_elsewhere_is_no_name_where_one_is_sure(name: str) -> None:
    others = "".join(
        FORMS["paragraph"].format(a=NAMES[place], n=place + 1, t=text)
        for place, text in enumerate((FIRST, LAST))
    )
    last = f"<div class=c>{name} <i>4 mars 2024</i><p><b>Attention</b> : le pont ferme.</p></div>"
    assert comments_in(others + last, 3)[-1] == ("Malo", "Attention : le pont ferme.")


@pytest.mark.parametrize("count", [1, 2])
def test_the_words_of_one_or_two_comments_may_begin_as_a_signature(count: int) -> None:
    form = "<div class=c id=comment-{n}><b>{a}</b> <i>{n} mars 2024</i><p>{t}</p></div>"
    expected = [("Yann", "Par le maire"), ("Inès", LAST)][:count]
    assert comments_of(form, tuple(text for _, text in expected)) == expected


def test_a_paragraph_signs_where_words_stand_beside() -> None:
    form = "<div class=c id=comment-{n}><h4>Le pont</h4><i>{n} mars 2024</i>{t}<p>Par {a}</p></div>"
    said = (f"<p>{FIRST}</p>", f"<p>{LAST}</p>")
    assert comments_of(form, said) == [("Yann", FIRST), ("Inès", LAST)]
