"""What of a page is the site's own, around the article and between its comments?

Each row replaces pieces of `complete.txt`, as in the test of its cousins: buttons, counts,
paywalls, a table of contents within another, dates stuck to other words.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.indexer.pages.test_cousin_pages import (
    AT,
    COMMENTS,
    COMPLETE,
    COUNT,
    DATE,
    END,
    FIRST,
    H1,
    H2,
    INVITATION,
    SECOND,
    THIRD,
    THREAD,
    TITLE,
    Replaced,
    page,
    summary,
)

STANDFIRST = "Douze lampadaires bretons"
OPENING = "La commune n’a demandé l’avis de personne, pas même du voisin."
BODY_END = "trop tard et trop fort.\n"

# what is replaced, what is then read that is not in complete.txt, the kinds of the remarks
AROUND: list[tuple[Replaced, dict[str, Any], list[str]]] = [
    # buttons are neither categories nor text, wherever they stand
    ({"\n3 min": "\nPartager\nÉcouter l’article\n3 min"}, {}, ["lines"]),
    ({f"\n{DATE}": f"\nCopier le lien\n{DATE}"}, {}, ["lines"]),
    ({"Réseaux\n": "Réseaux\nSignaler une erreur\n"}, {}, ["lines"]),
    ({BODY_END: f"{BODY_END}Partager cet article\nImprimer\n"}, {}, ["lines"]),
    (
        {BODY_END: f"{BODY_END}Partager l’éclairage\n"},
        {"lengths": (181, 185, 146 + 21)},
        [],
    ),
    ({END: f"{END}\nAfficher plus de commentaires"}, {}, []),
    (
        {f"Et la facture, qui la lit ?\n{END}": "Voir les 12 commentaires suivants…"},
        {"comments": (*COMMENTS[:2], "")},
        [],
    ),
    ({END: f"{END}\nLes commentaires sont fermés."}, {}, ["lines"]),
    # counts
    ({COUNT: "Commentaires ( 3 )\n"}, {}, []),
    ({COUNT: "Nombre de commentaires : 3\n"}, {}, []),
    ({COUNT: "Commentaires des lecteurs (3)\n"}, {}, []),
    ({COUNT: "Commentaires (1,203)\n"}, {"declared": 1203}, ["comment_count"]),
    ({COUNT: "Commentaires (1’203)\n"}, {"declared": 1203}, ["comment_count"]),
    ({COUNT: "Commentaires (1\u202f203)\n"}, {"declared": 1203}, ["comment_count"]),
    ({COUNT + "V": "Commentaires (1’203)V"}, {"declared": 1203}, ["comment_count"]),
    # what sorts comments may stand between their number and what invites to write some
    ({COUNT: "3 commentaires\nTrier par\nPlus récents\n"}, {}, ["lines"]),
    # the body may name a number of comments: the thread is under the one it follows
    (
        {"majorité.\n": "majorité.\nCommentaires (12)\n"},
        {"lengths": (181 + 18, 185, 146)},
        [],
    ),
    # a list within the list of the contents has a dash more
    ({f"-\n{H2}": f"-\n-\n{H2}"}, {}, []),
    # what announces the headings is not the headings
    (
        {"majorité.\n": f"majorité.\nAu programme :\n-\n{H1}\n-\n{H2}\n"},
        {"lengths": (181 + 79, 185, 146)},
        [],
    ),
    (
        {"majorité.\n": f"majorité.\nAu programme :\n{H1}\n{H2}\nEt rien d’autre.\n"},
        {"lengths": (181 + 92, 185, 146)},
        [],
    ),
    # the title is the line that the table of contents repeats
    ({f"{TITLE}\nÉ": f"Le Réverbère\nAccueil\nSe connecter\n{TITLE}\nÉ"}, {}, ["lines"]),
    ({f"{TITLE}\nÉ": f"{TITLE} - Le Réverbère\n{TITLE}\nÉ"}, {}, ["lines"]),
    # two sentences are no strapline and a standfirst
    (
        {
            "Éclairage public, questions privées\n": "",
            STANDFIRST: f"{OPENING}\n{STANDFIRST}",
        },
        {"strapline": None, "standfirst": 131 + len(OPENING) + 1},
        [],
    ),
    # the article's date
    ({DATE: "Le 14 janvier 2025 | 09:30"}, {}, []),
    ({DATE: "Publiée le 14/01/2025 à 09:30"}, {}, []),
    ({DATE: "2025-01-14 09:30"}, {}, []),
    (
        {DATE: f"{DATE}\nMise à jour : 15 janvier 2025 à 18h05"},
        {"modified": "2025-01-15T18:05:00+01:00"},
        [],
    ),
    (
        {"Réseaux\n": "Réseaux\nMise à jour du 15 janvier 2025 à 18h05\n"},
        {"modified": "2025-01-15T18:05:00+01:00"},
        [],
    ),
    # the comments' dates
    ({FIRST: f"Posté {FIRST.lower()}", SECOND: f"Publié {SECOND.lower()}"}, {}, []),
    ({THIRD: THIRD.replace(" le", " :")}, {}, []),
]

STUCK: list[tuple[Replaced, dict[str, Any], list[str]]] = [
    ({"Abonnez-vousLe": "Rejoignez la discussionLe"}, {}, ["glued", "lines"]),
    ({f"{INVITATION}Abonnez-vous": "Trier par : Plus récents "}, {}, ["glued", "lines"]),
    ({f"{FIRST}\n": FIRST}, {}, ["glued"]),
    ({f"\n{SECOND}": SECOND}, {}, ["glued"]),
    ({f"\n{SECOND}\n{THIRD}\n": f"{SECOND}\n{THIRD}"}, {}, ["glued"]),
    ({f"\n{SECOND}\n{THIRD}\n": f"{SECOND}{THIRD}"}, {}, ["glued"]),
    (
        {f"{THIRD}\nEt la": f"{THIRD}et la"},
        {"comments": (*COMMENTS[:2], COMMENTS[2].replace("Et", "et"))},
        ["glued"],
    ),
    # the number of comments is right without it: these are words
    (
        {END: f"{END}{SECOND}"},
        {"comments": (*COMMENTS[:2], COMMENTS[2] + SECOND)},
        [],
    ),
    # nor does one more make it right
    (
        {COUNT: "Commentaires (5)\n", END: f"{END}{SECOND}"},
        {"declared": 5, "comments": (*COMMENTS[:2], COMMENTS[2] + SECOND)},
        ["comment_count"],
    ),
    # it is a sentence: only a space, or a comma, stands between
    (
        {COUNT: "Commentaires (4)\n", END: f"{END}\n{SECOND}, dit-il.\nVu le {SECOND}"},
        {
            "declared": 4,
            "comments": (*COMMENTS[:2], f"{COMMENTS[2]}\n{SECOND}, dit-il.\nVu le {SECOND}"),
        },
        ["comment_count"],
    ),
]


@pytest.mark.parametrize(("replaced", "different", "kinds"), [*AROUND, *STUCK])
def test_furniture(replaced: Replaced, different: dict[str, Any], kinds: list[str]) -> None:
    page_read = page(replaced)
    assert page_read.article.headline == TITLE
    assert summary(page_read.article) == COMPLETE | different
    assert [remark.kind for remark in page_read.report.remarks] == kinds


def test_what_stands_above_the_title_names_neither_the_article_nor_its_comments() -> None:
    article_alone = page({}).article
    under = page({f"{TITLE}\nÉ": f"Le Réverbère\nAccueil\n{TITLE}\nÉ"}).article
    assert under.id == article_alone.id
    assert [comment.id for comment in under.comments] == [
        comment.id for comment in article_alone.comments
    ]


def test_a_date_stuck_to_words_gives_the_same_comment() -> None:
    article_alone, article_stuck = page({}).article, page({f"\n{SECOND}\n": f"{SECOND}\n"}).article
    assert [comment.id for comment in article_stuck.comments] == [
        comment.id for comment in article_alone.comments
    ]


WALLS = [
    "Cet article est exclusivement réservé à nos abonnés.",
    "La suite de cet article est réservée aux abonnés",
    "Article réservé à nos abonné·e·s",
    "Article réservé à nos abonné·es",
    "Réservé aux abonnés",
    "Ce contenu est réservé aux abonnés.",
    "Cet article est en accès réservé aux abonnés",
    "Pour lire la suite de cet article, abonnez-vous !",
    "Abonnez-vous pour lire la suite",
    "Connectez-vous pour lire la suite de l’article",
]


@pytest.mark.parametrize("wall", WALLS)
def test_an_article_is_cut_where_the_page_says_so(wall: str) -> None:
    contents = f"{TITLE}\n-\n{H1}\n-\n{H2}\n"
    page_read = page({f"{H2}\nUne réunion": f"{wall}\nUne réunion", contents: ""})
    assert page_read.article.sections[-1].text.endswith("ils seront gardés.")
    assert page_read.article.extra["completeness"] == "partial"
    assert "partial" in [remark.kind for remark in page_read.report.remarks]


@pytest.mark.parametrize(
    "words",
    [
        "Cet article est réservé à qui l’a payé.",
        "Abonnez-vous pour rire.",
        "Un quart d’heure est réservé aux abonnés.",
    ],
)
def test_a_sentence_of_the_body_is_no_wall(words: str) -> None:
    article = page({BODY_END: f"{BODY_END}{words}\n"}).article
    assert article.sections[-1].text.endswith(words)
    assert article.extra == {}


def test_the_date_may_be_signed() -> None:
    article = page({DATE: f"{DATE} par Maëlle Kervadec"}).article
    assert (article.date_published, article.author) == (AT, ("Maëlle Kervadec",))


@pytest.mark.parametrize("mark", [" (modifié)", " · Modifié", " - édité", " (modifie\u0301)"])
def test_a_header_may_say_that_it_was_edited_and_not_when(mark: str) -> None:
    _, second, *_ = page({SECOND: SECOND + mark}).article.comments
    assert (second.date_published, second.date_modified) == ("2025-01-14T10:40:00+01:00", None)
    assert second.edited
    assert second.id == page({}).article.comments[1].id


def test_a_thread_without_its_number_is_told_by_its_dates_alone() -> None:
    text = THREAD.replace(COUNT, "Commentaires\n").replace(f"\n{SECOND}", SECOND)
    page_read = page({THREAD: text})
    assert len(page_read.article.comments) == 2
    assert page_read.article.comment_count is None


def test_an_article_whose_last_headings_are_missing_is_cut() -> None:
    end = page({}).article.sections[-1].text
    page_read = page({f"{H2}\n{end}\n": ""})
    assert page_read.article.extra["completeness"] == "partial"
    assert [remark.kind for remark in page_read.report.remarks] == ["heading"]


@pytest.mark.parametrize(
    ("line", "by"),
    [
        (
            "Tout est allumé. — Maëlle (@maelle) January 13, 2025",
            "— Maëlle (@maelle) January 13, 2025",
        ),
        ("Tout — oui, tout.— Élo — élue (@elo) 13 janvier 2025", "— élue (@elo) 13 janvier 2025"),
    ],
)
def test_a_post_may_be_signed_on_its_only_line(line: str, by: str) -> None:
    section = page({BODY_END: f"{BODY_END}{line}\nFin.\n"}).article.sections[-1]
    [embed] = section.embeds
    assert section.text[embed.start : embed.end] == line
    assert embed.attribution == by


def test_a_name_may_have_a_dash() -> None:
    by = "— Élo — élue (@elo) 13 janvier 2025"
    section = page({BODY_END: f"{BODY_END}Tout est allumé.\n{by}\nFin.\n"}).article.sections[-1]
    [embed] = section.embeds
    assert section.text[embed.start : embed.end] == f"Tout est allumé.\n{by}"
    assert embed.attribution == by
