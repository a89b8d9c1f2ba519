"""Quotations that no `blockquote` holds: boxes of forums, and lines of mail."""

from functools import partial
from typing import Any

import pytest

from indexer.markup.html_text import sections, words

OWN = "Je ne suis pas du tout de cet avis."
QUOTED = "Le bac manquait à tout le village."

BOXES = {
    "vBulletin 3": '<div style="margin:20px"><div class="smallfont">Citation:</div><table><tr><td'
    ' class="alt2"><div>Envoyé par <strong>Zoé</strong></div><div style="font-style:italic">'
    f"{QUOTED}</div></td></tr></table></div>{OWN}",
    "vBulletin 4": '<div class="bbcode_container"><div class="bbcode_quote"><div class='
    '"quote_container"><div class="bbcode_postedby">Envoyé par <strong>Zoé</strong></div><div'
    f' class="message">{QUOTED}</div></div></div></div>{OWN}',
    "phpBB 2": "<table><tr><td><b>Zoé a écrit:</b></td></tr><tr><td class=quote>"
    f"{QUOTED}</td></tr></table><span>{OWN}</span>",
    "Invision 2": "<div class='quotetop'>CITATION (Zoé @ 3 mars 2024, 10:22)</div><div"
    f" class='quotemain'>{QUOTED}</div>{OWN}",
    "fieldset": f"<fieldset><legend>Zoé a écrit :</legend>{QUOTED}</fieldset><p>{OWN}</p>",
    "dl": f"<dl><dt>Zoé a écrit :</dt><dd>{QUOTED}</dd></dl><p>{OWN}</p>",
    "details": f"<details><summary>Zoé a écrit :</summary>{QUOTED}</details><p>{OWN}</p>",
    "a label above": "<p>Citation :</p><table><tr><td>Envoyé par <b>Zoé</b><br>"
    f"<i>{QUOTED}</i></td></tr></table><p>{OWN}</p>",
    "in a body": f"<div><div><p>Zoé a écrit :</p><p>{QUOTED}</p></div><p>{OWN}</p></div>",
    "mail": f"<p>Le 3 mars 2024, Zoé a écrit :<br>&gt; {QUOTED}</p><p>{OWN}</p>",
}


@pytest.mark.parametrize("html", BOXES.values(), ids=BOXES)
def test_a_box_under_a_name_is_a_quotation(html: str) -> None:
    text, quotes, _ = words(html)
    assert (text, [(quote.text, quote.author) for quote in quotes]) == (OWN, [(QUOTED, "Zoé")])


NAMES = ("Une passante a écrit :", "Ma Loute a dit :", "Envoyé par Le petit Nicolas")


@pytest.mark.parametrize("line", NAMES)
@pytest.mark.parametrize("box", ["<table><tr><td>{}", "<fieldset>{}", "<div class=quote>{}"])
def test_any_name_stands_above_a_quotation_in_its_box(line: str, box: str) -> None:
    end = "".join(f"</{name}>" for name in ("table", "fieldset", "div") if f"<{name}" in box)
    html = f"{box.format(f'{line}<br>{QUOTED}')}{end}<p>{OWN}</p>"
    assert [quote.text for quote in words(html).quotes] == [QUOTED]


def test_a_quotation_in_a_quotation_is_no_answer() -> None:
    inner = f"<table><tr><td>Envoyé par Zoé<br>{QUOTED}</td></tr></table>"
    text, quotes, _ = words(f"<div><div>Yann a écrit :</div>{inner}<div>Faux.</div></div><p>{OWN}")
    assert (text, len(quotes), quotes[0].author) == (OWN, 1, "Yann")


OTHERS = {
    "a sentence": ("Envoyé par la mairie, le courrier est clair.",) * 2,
    "a table": ("<p>Voici :</p><table><tr><td>Lundi</td></tr></table>", "Voici :\nLundi"),
    "all of it": ("<div><p>Zoé a écrit :</p><p>Non.</p></div>", "Zoé a écrit :\nNon."),
    "paragraphs": ("<p>Zoé a écrit :</p><p>Non.</p><p>Vrai.</p>", "Zoé a écrit :\nNon.\nVrai."),
    "an arrow": ("<p>&gt; Zoé<br>Non.</p>", "> Zoé\nNon."),
    "somebody told of": (
        f"<div><p>Mon voisin a dit :</p><p>Non.</p><p>{OWN}</p></div><p>Zoé</p>",
        f"Mon voisin a dit :\nNon.\n{OWN}\nZoé",
    ),
    "an office": (
        f"<div><p>Le ministre a dit :</p><p>Non.</p></div><p>{OWN}</p>",
        f"Le ministre a dit :\nNon.\n{OWN}",
    ),
    "an opinion of a quotation": (
        f"<div><p>Citation tronquée</p><p>Relisez-la.</p></div><p>{OWN}</p>",
        f"Citation tronquée\nRelisez-la.\n{OWN}",
    ),
    "a message of support": (
        f"<div><p>Message de soutien aux agents</p><p>Bravo.</p></div><p>{OWN}</p>",
        f"Message de soutien aux agents\nBravo.\n{OWN}",
    ),
    "the box of all the words": (
        f"<div class=text><p>Zoé a écrit :</p><p>Non.</p><p>{OWN}</p></div><i>Modifié hier</i>",
        f"Zoé a écrit :\nNon.\n{OWN}\nModifié hier",
    ),
    "buttons to quote": (
        f"<p>{OWN}</p><div class=quote-actions>Citer</div>",
        f"{OWN}\nCiter",
    ),
    "a device": ("<p>Non.</p><div>Envoyé de mon téléphone</div>", "Non.\nEnvoyé de mon téléphone"),
}


@pytest.mark.parametrize(("html", "text"), OTHERS.values(), ids=OTHERS)
def test_what_is_in_no_such_box_is_said(html: str, text: str) -> None:
    assert words(html)[:2] == (text, ())


FIELDS = {
    "a trap for robots": "<p>Laissez ce champ vide : <input name=url2></p>",
    "a label": "<div><label>Current ye@r *</label><input type=hidden><input type=text></div>",
    "a text area": "<p><label>Δ<textarea name=hp></textarea></label></p>",
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_what_says_what_to_write_is_nobodys_words(field: str) -> None:
    assert words(f"<p>{OWN}</p>{field}").text == OWN


BESIDE_FIELDS = {
    "a paragraph behind": ("<p><input type=search></p><p>Non.</p>", "Non."),
    "a paragraph behind a choice": ("<div><select></select></div><p>Non.</p>", "Non."),
    "words around": ("<p>Tapez <input> et la page plante.</p>", "Tapez et la page plante."),
    "a sentence before": (f"<p>{OWN} <span><input></span></p>", OWN),
}


@pytest.mark.parametrize(("html", "text"), BESIDE_FIELDS.values(), ids=BESIDE_FIELDS)
def test_what_stands_beside_a_field_is_said(html: str, text: str) -> None:
    assert words(html).text == text
    assert [section.text for section in sections(html)] == [text]


HEADS = ("Citation tronquée", "Message de soutien aux agents", "Publié par la mairie mardi")


@pytest.mark.parametrize("line", HEADS)
def test_the_first_line_of_a_quotation_may_be_quoted(line: str) -> None:
    quote = words(f"<blockquote><p>{line}</p><p>{QUOTED}</p></blockquote><p>{OWN}</p>").quotes[0]
    assert (quote.text, quote.author) == (f"{line}\n{QUOTED}", None)


def test_a_list_of_tasks_is_said() -> None:
    assert words("<ul><li><input type=checkbox disabled> Le bac</ul>").text == "Le bac"


MANY = {
    "beside one another": f"<div>Zoé a écrit :<br>{QUOTED}</div><p>{OWN}</p>",
    "in one another": "<div>Zoé a écrit :<p>Non.</p>",
    "never begun": "<div>Non.</table></dl>",
}


@pytest.mark.parametrize("piece", MANY.values(), ids=MANY)
def test_many_boxes_are_read_in_proportion(piece: str, in_proportion: Any) -> None:
    in_proportion(lambda size: partial(words, piece * size + "</div>" * size + OWN), 3_000)
