"""Who says what, and in answer to whom, in forms of threads that no program's name tells?

Each form stands for a kind: where the name is (a picture, a title, a signature), what tells an
answer (a room at the left, a number, a link, a sign), and which comes first, the newest or not.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Comment
from indexer.html.page import read_html
from indexer.times.capture import Capture

TEXT = (
    "La ville a fermé mardi la passerelle, dont les câbles sont rongés depuis l'hiver, après un"
    " rapport d'ingénieurs remis au conseil municipal vendredi soir."
)
SAID = (
    "Cette passerelle aurait dû être repeinte il y a dix ans, tout le monde le savait.",
    "On l'a dit à chaque réunion publique, personne n'a jamais répondu sur le fond.",
    "Et les vélos, ils passent par où maintenant ? Le pont routier est un coupe-gorge.",
    "Par le quai.",
)
NAMES = ("Alice", "Benoît", "Chloé", "Denis")
DATES = ("3 mars 2024 à 10:22", "3 mars 2024 à 11:05", "4 mars 2024 à 09:40", "5 mars 2024 à 10:00")


def comments_of(items: list[str], *, before: str = "") -> list[Comment]:
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article><meta property=article:published_time content=2024-03-01></head><body>"
        f"<article><h1>La passerelle</h1><p>{TEXT}</p></article><div id=comments>"
        f"<h2>{len(items)} commentaires</h2>{before}{''.join(items)}</div></body></html>"
    )
    article = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article is not None
    assert [section.text for section in article.sections] == [TEXT]
    return list(article.comments)


def written(
    form: str, places: tuple[int, ...] = (0, 1, 2), **values: tuple[object, ...]
) -> list[str]:
    """Comments in one form: {name}, {date}, {text}, {n} from 1, and other values of each."""
    return [
        form.format(
            name=NAMES[at],
            date=DATES[at],
            text=SAID[at],
            n=at + 1,
            **{key: value[at] for key, value in values.items()},
        )
        for at in places
    ]


@pytest.mark.parametrize(
    "form",
    [
        # in pictures
        '<div class=comment><img src=a.png alt="{name}"><span>{date}</span><p>{text}</p></div>',
        '<div class=comment><a href="/u/{n}"><img src=a.png alt="Photo de {name}"></a>'
        "<span>{date}</span><p>{text}</p><button>Répondre</button></div>",
        '<div class=comment><a class=avatar href="/u/{n}" title="{name}"><img src=a.png alt=""></a>'
        "<span>{date}</span><p>{text}</p></div>",
        # below the words
        "<div class=comment><p>{text}</p><p class=sig>— {name}, le {date}</p></div>",
        "<div class=comment><p>{text}</p><p><i>{name}</i>, <span>{date}</span></p></div>",
        "<div class=comment><div><p>{text}</p></div><p class=meta>{name} - <time"
        " datetime=2024-03-03>{date}</time></p></div>",
        # between rules alone
        "<b>{name}</b> - {date}<br>{text}<hr>",
    ],
)
def test_who_signs(form: str) -> None:
    comments = comments_of(written(form))
    assert [(comment.author, comment.text) for comment in comments] == [
        (name, text) for name, text in zip(NAMES, SAID[:3], strict=False)
    ]


def test_a_name_of_many_words() -> None:
    form = (
        "<div class=comment><b class=author>Collectif des riverains du quai de {name} et environs"
        "</b> <i class=date>{date}</i><p>{text}</p></div>"
    )
    names = [comment.author for comment in comments_of(written(form))]
    assert names == [f"Collectif des riverains du quai de {name} et environs" for name in NAMES[:3]]


def test_signs_of_no_width_are_no_part_of_a_name() -> None:
    form = "<div class=comment><b class=author>&#8203;{name}</b> <i>{date}</i><p>{text}</p></div>"
    assert [comment.author for comment in comments_of(written(form))] == list(NAMES[:3])


def test_what_several_write_at_the_end_is_their_words() -> None:
    form = (
        "<div class=comment><p class=author>{name}</p><p class=date>{date}</p><p>{text}</p>"
        "<p>Bien à vous.</p></div>"
    )
    texts = [comment.text for comment in comments_of(written(form))]
    assert texts == [f"{text}\nBien à vous." for text in SAID[:3]]


@pytest.mark.parametrize(
    "name",
    [
        "De Gaulle",
        "Les amis de la passerelle",
        "Léon dit Pépé",
        "Paul dit le Grand",
        "Jean le Bon",
        "Le Grincheux",
    ],
)
def test_a_name_is_read_in_full(name: str) -> None:
    form = "<div class=x1><b>{whom}</b> <i>{date}</i><p>{text}</p><a href='#'>Répondre</a></div>"
    comments = comments_of(written(form, whom=(name, "Yann", "Maëlle")))
    assert [comment.author for comment in comments] == [name, "Yann", "Maëlle"]


@pytest.mark.parametrize("name", ["1984", "Modérateur", "Mai 68", "Zut !", "Plus", "Hier encore"])
def test_a_name_that_reads_otherwise_stands_where_the_others_do(name: str) -> None:
    form = "<div class=x1><b>{whom}</b> <i>{date}</i><p>{text}</p><a href='#'>Répondre</a></div>"
    comments = comments_of(written(form, whom=("Zoé", name, "Maëlle")))
    assert [comment.author for comment in comments] == ["Zoé", name, "Maëlle"]


def test_comments_and_the_answers_that_each_announces() -> None:
    form = "<div class=comment id=comment-{n}>" + WORDS
    first, second, third = written(form)
    answer = f"<div class=replies><h4>1 réponse</h4>{second}</div></div>"
    comments = comments_of([f"{first}{answer}</div>", f"{third}</div>"])
    assert answered(comments) == [None, "Alice", None]


@pytest.mark.parametrize("heading", ["3 commentaires", "Commentaires"])
@pytest.mark.parametrize(
    "form",
    [
        "<p><b>{name}</b>, le {date}</p><p>{text}</p>",
        "<div><b>{name}</b>, le {date}<br>{text}</div>",
    ],
)
def test_a_thread_among_the_paragraphs_of_the_article(form: str, heading: str) -> None:
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article></head><body><main><article><h1>La passerelle</h1><div class=texte>"
        f"<p>{TEXT}</p><p>{TEXT.upper()}</p><h3>{heading}</h3>{''.join(written(form))}</div>"
        "</article></main></body></html>"
    )
    article = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article is not None
    assert [section.text for section in article.sections] == [f"{TEXT}\n{TEXT.upper()}"]
    assert [comment.author for comment in article.comments] == list(NAMES[:3])


def test_the_capital_in_place_of_a_portrait_is_no_name() -> None:
    form = (
        "<div class=x1><div class=x2>{capital}</div><div class=x3><span>{name}</span>"
        "<span>{date}</span></div><div class=x6>{text}</div><button>Répondre</button></div>"
    )
    comments = comments_of(written(form, capital=("A", "B", "C", "D")))
    assert [comment.author for comment in comments] == list(NAMES[:3])


def test_a_time_for_machines_that_is_shown() -> None:
    form = "<div class=comment><b>{name}</b> <i>2024-03-0{n}T10:22:00+01:00</i><p>{text}</p></div>"
    dates = [comment.date_published for comment in comments_of(written(form))]
    assert dates == [f"2024-03-0{n}T10:22:00+01:00" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "form",
    [
        "<div class=comment><span class=author>{name}</span><p>{text}</p></div>",
        "<p><b>{name}</b> : {text}</p>",
        "<dt>{name}</dt><dd>{text}</dd>",
        "<h4>{name}</h4><p>{text}</p>",
        "<div class=x1><b>{name}</b><p>{text}</p><button>Répondre</button></div>",
    ],
)
def test_a_thread_without_dates_that_the_count_confirms(form: str) -> None:
    comments = comments_of(written(form))
    assert [(comment.author, comment.text) for comment in comments] == [
        (name, text) for name, text in zip(NAMES, SAID[:3], strict=False)
    ]
    assert [comment.date_published for comment in comments] == [None] * 3


def test_as_many_other_articles_as_comments_announced_are_no_thread() -> None:
    items = written('<li><b>{name}</b> <a href="/{n}">{text}</a></li>')
    assert comments_of(items, before="<div id=disqus_thread></div>") == []


def test_the_hour_beside_the_day() -> None:
    form = (
        '<div class=comment><b class=author>{name}</b> <span class="jour">03/03/2024</span>'
        ' <span class="heure">{hour}</span><p>{text}</p></div>'
    )
    comments = comments_of(written(form, hour=("10h22", "11h05", "12 h 40", "")))
    assert [(comment.date_published or "")[:16] for comment in comments] == [
        "2024-03-03T10:22",
        "2024-03-03T11:05",
        "2024-03-03T12:40",
    ]


SAYS = "<b class=author>{name}</b> <span class=date>{date}</span>"
WORDS = SAYS + "<p>{text}</p>"


@pytest.mark.parametrize(
    "form",
    [
        f'<div class=comment style="{{room}}">{WORDS}</div>'.replace("{room}", room)
        for room in (
            "margin-inline-start:{left}px",
            "margin-left:calc({level} * 24px)",
            "padding-left:calc(24px * {level})",
            "--indent:{level}",
            "--comment-nesting: {level}",
            "width:{width}%",
        )
    ]
    + [
        f'<div class="comment ml-{{left}} p-4">{WORDS}</div>',
        f'<div class="comment md:ps-{{left}}">{WORDS}</div>',
        f'<div class=row><div class="comment col-md-11 offset-md-{{level}}">{WORDS}</div></div>',
        f'<div class=row><div class="comment col-md-offset-{{level}}">{WORDS}</div></div>',
        f"<div class=comment><span class=n>{{outline}}</span> {WORDS}</div>",
    ],
)
def test_the_room_or_the_number_of_an_answer(form: str) -> None:
    items = written(
        form,
        (0, 1, 2, 3),
        left=(0, 8, 16, 0),
        level=(0, 1, 2, 0),
        width=(100, 95, 90, 100),
        outline=("1.", "1.1.", "1.1.1.", "2."),
    )
    assert answered(comments_of(items)) == [None, "Alice", "Benoît", None]


def test_every_other_comment_further_right_answers_nothing() -> None:
    form = f'<div class="comment ms-{{left}}">{WORDS}</div>'
    items = written(form, (0, 1, 2, 3), left=(0, 4, 0, 4))
    assert answered(comments_of(items)) == [None] * 4


def test_notes_are_no_numbers_of_comments() -> None:
    form = f"<div class=comment><span class=n>{{note}}</span> {WORDS}</div>"
    comments = comments_of(written(form, note=("4", "4.5", "4")))
    assert answered(comments) == [None] * 3


@pytest.mark.parametrize(
    "form",
    [
        f'<div class=comment id="m{{n}}">{SAYS}<p><a href="#{{above}}">{{sign}}{{whom}}</a>'
        " {text}</p></div>".replace("{sign}", sign)
        for sign in ("@", "↳ ", "↪")
    ]
    + [
        f'<div class=comment id="m{{n}}">{WORDS}<small>Réponse au <a href="#{{above}}">#1</a>'
        "</small></div>",
        '<div class=comment id="m{n}"><b class=author>{name}</b> <span>▸</span> <span>{whom}</span>'
        " <span class=date>{date}</span><p>{text}</p></div>",
    ],
)
def test_what_leads_to_the_comment_that_is_answered(form: str) -> None:
    first = written(f'<div class=comment id="m{{n}}">{WORDS}</div>', (0,))
    answers = written(form, (1, 2), above=("", "m1", "m2"), whom=("", "Alice", "Benoît"))
    assert answered(comments_of(first + answers)) == [None, "Alice", "Benoît"]


@pytest.mark.parametrize(
    "answer",
    ["<a href='#c{above}'>En réponse à {whom}</a>", "<span>En réponse à {whom}</span>"],
)
def test_an_answer_stands_above_where_the_newest_come_first(answer: str) -> None:
    form = f'<div class=comment id="c{{n}}">{SAYS}<p>{{text}}</p>'
    items = [
        *written(f"{form}</div>", (3,)),
        *written(f"{form}{answer}</div>", (2, 1), above=("", 1, 2), whom=("", "Alice", "Benoît")),
        *written(f"{form}</div>", (0,)),
    ]
    assert answered(comments_of(items)) == [None, "Benoît", "Alice", None]


def answered(comments: list[Comment]) -> list[str | None]:
    """The author of what each comment answers."""
    authors = {comment.id: comment.author for comment in comments}
    return [authors[comment.parent_id] if comment.parent_id else None for comment in comments]
