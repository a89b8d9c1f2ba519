"""Who wrote a comment that its name signs below, or beside the date, whatever both are?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import read_html
from indexer.times.capture import Capture

TEXT = "<p>" + "Le bac a repris son service ce matin, et les horaires sont affichés. " * 4 + "</p>"
WHEN = ("04/03/2024 09:22", "05/07/2024 18:05", "06/07/2024 07:01", "01/12/2024 23:59")
DAYS = ("2024-03-04T09:22", "2024-07-05T18:05", "2024-07-06T07:01", "2024-12-01T23:59")
SAID = (
    "Oui.",
    "Le 14 juillet, on verra bien ce que la mairie aura fait.",
    "Rien, comme toujours, et la digue attend encore ses pierres.",
    "Merci à toute l'équipe pour cet article.",
)
NAMES = ("Zoé Roux", "jeanne", "Yann Le Goff", "Rose")
# surnames that begin as days do, and names that end as « né »
OTHERS = [
    ("Hélène", "Anne", "Le Guen", "Simone"),
    ("Sophie Martin", "Jean Merle", "Anne-Lise", "Léa Samson"),
    ("jean martin", "sophie mercier", "paul le bris", "Luc Jeunet"),
]
FORMS = {
    "signed below": "<div class=com><p>{said}</p><p>— {who}, le {day} à {at}</p></div>",
    "in brackets": "<li>{said} <em>({who}, {day} {at})</em></li>",
    "in small": "<li>{said}<br><small>{who} – {day} {at}</small></li>",
    "in a term": "<dt>{who} ({day} {at})</dt><dd>{said}</dd>",
    "in a cell": "<tr><td>{who}<br>{day} {at}</td><td>{said}</td></tr>",
    "in a line": "<div class=c><div class=texte>{said}</div><div class=signature>Posté par"
    " <span>{who}</span> le {day} {at}</div></div>",
    "in words": "<div class=com><p>Posté par {who} le {day} à {at}</p><p>{said}</p></div>",
    "in words below": "<div class=com><p>{said}</p><p>Posté par {who} le {day} à {at}</p></div>",
    "before a weekday": "<div class=com><p>Par {who} lundi {day} {at}</p><p>{said}</p></div>",
    "in English": "<div class=com><p>{said}</p><p>by {who} on {day} {at}</p></div>",
    "before the day": "<div class=com><p>{who} le {day} à {at}</p><p>{said}</p></div>",
    "behind a day": "<div class=c><div>Le {day} à {at}, {who} a écrit :</div>"
    "<div>{said}</div></div>",
    "between the name and the words": "<p><b>{who}</b> ({day} {at}) : {said}</p>",
    "between brackets": "<p><b>{who}</b> (<span>{day} {at}</span>) : {said}</p>",
    "behind a dash": "<p>{said} -- <a href='/u'>{who}</a> {day} {at}</p>",
    "behind the date": "<article><time>{day} {at}</time> <span>par {who}</span><p>{said}</p>"
    "</article>",
    "labelled": "<tr><th>n° {n}</th><th>Auteur : {who}</th><th>Date : {day} {at}</th></tr>"
    "<tr><td colspan=3><pre>{said}</pre></td></tr>",
}
AROUND = {"<li>": "<ul>{}</ul>", "<dt>": "<dl>{}</dl>", "<tr>": "<table>{}</table>"}


def thread(
    form: str,
    names: tuple[str, ...] = NAMES,
    said: tuple[str, ...] = SAID,
    around: str | None = None,
) -> list[tuple[str | None, str | None, str]]:
    items = "".join(
        form.format(n=n, who=who, day=when[:10], at=when[11:], said=words)
        for n, (who, when, words) in enumerate(zip(names, WHEN, said, strict=True))
    )
    frames = (frame for tag, frame in AROUND.items() if form.startswith(tag))
    frame = around or next(frames, "{}")
    page = (
        f"<title>Le bac</title><article><h1>Le bac</h1>{TEXT}</article><section id=commentaires>"
        f"<h2>Commentaires (4)</h2>{frame.format(items)}</section>"
    )
    article = read_html(page.encode(), Capture(date(2026, 11, 28))).article
    assert article is not None
    return [
        (comment.author, (comment.date_published or "")[:16], comment.text)
        for comment in article.comments
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("names", [NAMES, *OTHERS], ids=range(1 + len(OTHERS)))
def test_a_name_beside_the_date_and_not_the_first_short_text(
    form: str, names: tuple[str, ...]
) -> None:
    assert thread(FORMS[form], names) == list(zip(names, DAYS, SAID, strict=True))


NO_NAMES = {
    "a label of the date": "<div class=c><div class=date>Reçu<br>{day} {at}</div><b>{who}</b>"
    "<p>{said}</p></div>",
    "a town": "<div class=c><b>{who}</b><div class=date>Lyon<br>{day} {at}</div>"
    "<p>{said}</p></div>",
    "who is cited": "<div class=c><b>{who}</b> <i>{day} {at}</i><p>Auteur : Victor Hugo</p>"
    "<p>{said}</p></div>",
    "who signs a quotation": "<div class=c><b>{who}</b> <i>{day} {at}</i><p>« Un mot. » – "
    "<a href=/h>Hugo</a> 1862</p><p>{said}</p></div>",
    "who wrote a book": "<div class=c><b>{who}</b> <i>{day} {at}</i><p>Écrit par Victor Hugo le 3"
    " mai 1862, non ?</p><p>{said}</p></div>",
}


@pytest.mark.parametrize("form", NO_NAMES)
def test_what_stands_there_and_is_no_name(form: str) -> None:
    assert tuple(author for author, _, _ in thread(NO_NAMES[form])) == NAMES


@pytest.mark.parametrize("beside", ["{n} 520 points d'éloquence", "{n}20 contributions lues"])
def test_what_each_has_a_number_of_is_not_said(beside: str) -> None:
    form = (
        "<div class=c><b>{who}</b> <i>{day} {at}</i><div>"
        + beside
        + "</div><div>{said}</div></div>"
    )
    assert [text for _, _, text in thread(form)] == list(SAID)


def test_a_chronology_is_no_thread() -> None:
    lines = "".join(
        f"<p><b>{who}</b> ({day[:10]}) : {said}</p>"
        for who, day, said in zip(NAMES, WHEN, SAID, strict=True)
    )
    page = f"<title>Le bac</title><article><h1>Le bac</h1>{TEXT}{lines}</article>"
    article = read_html(page.encode(), Capture(date(2026, 11, 28))).article
    assert article is not None
    assert article.comments == ()
    assert "Zoé Roux (04/03/2024) : Oui." in article.sections[0].text
    assert article.date_published is None


def test_the_day_of_a_birth_is_no_date_of_a_comment() -> None:
    form = (
        "<div class=com><b>{who}</b> <i>né le 02/05/1980</i> <time>{day} {at}</time>"
        "<p>{said}</p></div>"
    )
    assert [when for _, when, _ in thread(form)][:2] == ["2024-03-04T09:22", "2024-07-05T18:05"]


READ_AS_LABELS = {
    "a wish": (
        "<p class=meta><b>{who}</b> {day} {at}</p><p>{said}</p>",
        ("Inscrivez-moi", "Né le même jour", "Membre depuis toujours", "Joyeux anniversaire"),
    ),
    "a book": (
        "<div class=r><h4>{who}</h4><span class=date>le {day} à {at}</span><div>{said}</div></div>",
        ("Auteur : Victor Hugo", "Nom : inconnu", "Oui", "Non"),
    ),
}


@pytest.mark.parametrize("kind", READ_AS_LABELS)
def test_words_that_read_as_what_programs_write(kind: str) -> None:
    form, said = READ_AS_LABELS[kind]
    assert thread(form, said=said) == list(zip(NAMES, DAYS, said, strict=True))


def test_a_day_among_the_words_is_not_that_of_the_comment() -> None:
    said = ("Oui : <b>le PACS</b> (15 novembre 1999) : voté.", *SAID[1:])
    comments = thread(FORMS["between the name and the words"], said=said)
    assert [(author, when) for author, when, _ in comments] == list(zip(NAMES, DAYS, strict=True))


def test_a_short_dated_paragraph_of_the_words_is_said() -> None:
    form = "<h4>{who}</h4><p class=date>{day} {at}</p><p>{said}</p>"
    last = "Le 14 juillet 2023, rien."
    said = (f"Oui.</p><p>{last}", *SAID[1:])
    assert thread(form, said=said) == list(
        zip(NAMES, DAYS, (f"Oui.\n{last}", *SAID[1:]), strict=True)
    )


@pytest.mark.parametrize("state", ['data-state="pending"', 'data-status="pending"'])
def test_the_state_of_what_loads_a_thread_is_not_that_of_its_comments(state: str) -> None:
    form = (
        "<div class=comment id=comment-{n}><b class=author>{who}</b> <time>{day} {at}</time>"
        "<p>{said}</p></div>"
    )
    assert thread(form, around=f"<div class=comment-container {state}>{{}}</div>") == list(
        zip(NAMES, DAYS, SAID, strict=True)
    )


def test_a_list_of_a_comment_has_its_numbers() -> None:
    form = FORMS["before the day"]
    listed = "Trois :</p><ol start=3 reversed><li>Un<li>Deux</ol><p>Fin"
    said = (listed, *SAID[1:])
    assert thread(form, said=said)[0][2] == "Trois :\n3. Un\n2. Deux\nFin"


@pytest.mark.parametrize(
    "label", ["<div>Inscrit le :</div>", "<div>Né le</div>", "<dt>Inscription</dt>"]
)
def test_a_label_before_a_members_date_in_an_element_of_its_own(label: str) -> None:
    form = (
        f"<div class=c><b>{{who}}</b><div>{label}<span>02/05/2010</span></div><i>{{day}} {{at}}</i>"
        "<p>{said}</p></div>"
    )
    assert thread(form) == list(zip(NAMES, DAYS, SAID, strict=True))
