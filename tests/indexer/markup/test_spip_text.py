"""Do texts with SPIP's own marks say what its pages show?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.markup import spip_text

TITLES = {("article", 2): "03. La {dune}", ("document", 4): "Carte", ("rubrique", 5): "Vie"}


def titles(kind: str, number: int) -> str:
    return TITLES.get((kind, number), "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{gras}} et {italique}, {{{intertitre}}}", "gras et italique,\nintertitre"),
        ("un [lien->https://a.example/{x}] là", "un lien là"),
        ("[lien|bulle{fr}->art2] [lien{en}->2]", "lien lien"),
        ("[->art2] [->article2] [->2] [->art 2]", "La dune La dune La dune art 2"),
        ("[->rub5] [->rubrique5] [->doc4] [->art2#suite]", "Vie Vie Carte La dune"),
        ("[->art9] [->https://a.example/x~y]", "article 9 https://a.example/x~y"),
        ("[a [b] c->art2] et [sic]", "a [b] c et [sic]"),
        ("[?Glossaire] [?mot|bulle] [?mot#wikipedia] [ancre<-]fin", "Glossaire mot mot fin"),
        ("une ligne\n_ puis une autre", "une ligne\npuis une autre"),
        ("-* un\n-** deux\n-# trois\n- puce", "un\ndeux\ntrois\n– puce"),
        ("a -- b - c\n----\nd", "a -- b - c\nd"),
        ("||Légende|résumé||\n|{{An}}|{{Marée}}|\n|1866|<|", "Légende résumé\nAn Marée\n1866"),
        ("<quote>\nLa mer.\n</quote>", "La mer."),
        ("<poesie>\nun\ndeux\n</poesie>", "un\ndeux"),
        ("<code>{x} <b> \\{</code>", "{x} <b> \\{"),
        ("<cadre>\nun\n  deux {x}\n</cadre>", "un\n  deux {x}"),
        ("<html><i>{x}</i></html>", "{x}"),
        ("\\{x\\} \\[y->z\\] prix~: 5\\~€", "{x} [y->z] prix\xa0: 5~€"),
        ("<doc4|left> <emb4> <img4|right> <article2>", "Carte\nCarte\nLa dune"),
        ("<doc9|center|titre=Ma carte> <doc9>", "Ma carte"),
        ("<sondage1> <modele|param=<:x:>> <:titre:>fin", "fin"),
        ("<multi>[en]Hi[fr]Salut</multi>, <multi>[en]you[de]du</multi>", "Salut, you"),
        ("<b>HTML</b> &amp; l&#8217;été", "HTML & l’été"),
        ("{2{Deux}2} {{{*Trois}}} {3{Quatre}3}", "Deux\nTrois\nQuatre"),
        ("seul { et }} [[ et [x", "seul et [[ et [x"),
    ],
)
def test_marks(source: str, expected: str) -> None:
    assert spip_text.plain(source, titles) == expected


def test_notes_are_apart() -> None:
    body = spip_text.body("Un[[Voir [ici->art2]]] mot [[<>sans numéro]]et[[<a>nommée]].", titles)
    assert [part.text for part in body.sections] == ["Un motet."]
    assert body.notes == ("Voir ici", "sans numéro", "nommée")


def test_links_stay_behind_their_words() -> None:
    source = "Un [{lien}|bulle->https://a.example/?x=1&y=2], [là->art2]."
    assert spip_text.words(source, titles).links == ("https://a.example/?x=1&y=2",)
    [section] = spip_text.body(source, titles).sections
    assert section.text == "Un lien, là."
    assert section.extra == {"links": ["https://a.example/?x=1&y=2"]}


def test_headings_begin_sections() -> None:
    sections = spip_text.body("Avant.\n{{{Un {titre}}}}\nAprès.\n{{{**Plus bas}}}\nFin.").sections
    assert [(part.headline, part.level, part.text) for part in sections] == [
        (None, None, "Avant."),
        ("Un titre", 2, "Après."),
        ("Plus bas", 3, "Fin."),
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("02. Le phare", "Le phare"),
        ("2) Le phare", "Le phare"),
        ("2° Le phare", "Le phare"),
        ("1984", "1984"),
        ("3.5 millions", "3.5 millions"),
        ("<multi>[en]The sea[fr]La mer</multi>", "La mer"),
    ],
)
def test_titles_lose_their_order_number(title: str, expected: str) -> None:
    """As `supprimer_numero` of SPIP 4.4 does on `#TITRE`: digits, a mark, and white space."""
    assert spip_text.line(title) == expected


def test_quotations_of_a_comment_are_apart() -> None:
    comment_words = spip_text.words("<quote>Un NDA ?</quote>Oui[[Et non.]].")
    assert (comment_words.text, [quote.text for quote in comment_words.quotes]) == (
        "Oui.\nEt non.",
        ["Un NDA ?"],
    )


MARKS = [
    "{{{",
    "}}}",
    "{",
    "}",
    "[[",
    "]]",
    "[",
    "->",
    "]",
    "<multi>",
    "[fr]",
    "</multi>",
    "|",
    "\n",
]
MARKS += [
    "<code>",
    "</code>",
    "-* ",
    "<doc1|",
    ">",
    "<quote>",
    "\\",
    "~",
    "[?",
    "<-]",
    "{2{",
    "}2}",
]


@given(st.lists(st.sampled_from([*MARKS, "mot", " ", "art2"]), max_size=60).map("".join))
def test_no_writing_is_refused(text: str) -> None:
    body = spip_text.body(text, titles)
    assert "\ue000" not in spip_text.plain(text, titles)
    assert text.count("mot") >= "".join(part.text for part in body.sections).count("mot")


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_never_ends_is_read(mark: str) -> None:
    assert spip_text.plain(mark * 20_000 + " fin").rstrip("}]").endswith("fin")


@pytest.mark.parametrize("mark", MARKS)
def test_steps_are_in_proportion_to_the_length(mark: str, in_proportion: Any) -> None:
    in_proportion(lambda size: lambda: spip_text.body(mark * size + "mot"), 500)
