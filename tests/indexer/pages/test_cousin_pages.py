"""What is read in pages that differ from `complete.txt` by a few of their lines?

Each row replaces pieces of that page: what a site next to the first one writes, what a
browser or an extractor glues, cuts or adds.
"""

from __future__ import annotations

from typing import Any

import pytest

from indexer.article.model import Article
from indexer.pages.contents import match_headings
from indexer.pages.page import Page, PageError, read_page
from indexer.text.page_lines import Line, NotText, decode_plain
from indexer.times.capture import Capture
from tests.indexer.samples import PAGES

TEXT = (PAGES / "complete.txt").read_text()
TITLE = TEXT.split("\n")[0]
H1, H2 = "Des relevés toutes les dix minutes", "Une réunion au printemps"
DATE = "Le 14 janvier 2025 à 09h30"
HEAD = f"{DATE}\n3 min\nSociété numérique\nRéseaux\n"
CONTENTS = f"{TITLE}\n-\n{H1}\n-\n{H2}\n"
COUNT = "Commentaires (3)\n"
INVITATION = "Vous devez être abonné pour pouvoir commenter.\nDéjà abonné ? Se connecter\n"
FIRST, SECOND, THIRD = (
    "Le 14/01/2025 à 10h02",
    "Le 14/01/2025 à 10h40",
    "Modifié le 14/01/2025 à 11h15",
)
THREAD = TEXT[TEXT.index(COUNT) :]
END = "Pas les lampadaires, j'espère."

Replaced = dict[str, str]


def capture(text: str = "2025-02-20T18:00") -> Capture:
    parsed = Capture.parse(text)
    assert parsed is not None
    return parsed


def page(replaced: Replaced) -> Page:
    return read_page(page_text(replaced).encode(), capture())


def summary(article: Article) -> dict[str, Any]:
    """What the tables below compare; lengths of texts, so that nothing moves unseen."""
    return {
        "strapline": article.alternative_headline,
        "standfirst": article.description and len(article.description),
        "published": article.date_published,
        "modified": article.date_modified,
        "time": article.time_required,
        "categories": article.article_section,
        "headlines": tuple(section.headline for section in article.sections),
        "lengths": tuple(len(section.text) for section in article.sections),
        "declared": article.comment_count,
        "comments": tuple(comment.text for comment in article.comments),
    }


COMMENTS = (
    "Enfin un sujet lumineux.",
    "",
    "Et la facture, qui la lit ?\nPas les lampadaires, j'espère.",
)
AT = "2025-01-14T09:30:00+01:00"
COMPLETE = {
    "strapline": "Éclairage public, questions privées",
    "standfirst": 131,
    "published": AT,
    "modified": None,
    "time": "PT3M",
    "categories": ("Société numérique", "Réseaux"),
    "headlines": (None, H1, H2),
    "lengths": (181, 185, 146),
    "declared": 3,
    "comments": COMMENTS,
}


def page_text(replaced: Replaced) -> str:
    text = TEXT
    for old, new in replaced.items():
        assert old in text, f"{old!r} is not in the page"
        text = text.replace(old, new)
    return text


# what is replaced, what is then read that is not in complete.txt, the kinds of the remarks
HEADS: list[tuple[Replaced, dict[str, Any], list[str]]] = [
    ({"3 min": "45 sec"}, {"time": "PT45S"}, []),
    ({"3 min": "1 h 05"}, {"time": "PT1H5M"}, []),
    ({"3 min": "1 min 30"}, {"time": "PT1M30S"}, []),
    ({"3 min": "Moins d’une minute"}, {"time": "PT1M"}, []),
    ({"09h30\n3 min": "09h303 min"}, {}, []),
    ({"09h30\n3 min": "09h30 · 3 min"}, {}, []),
    ({HEAD: "3 min\n" + HEAD.replace("3 min\n", "")}, {}, []),
    ({"Éclairage public, questions privées": "Le 14 juillet"}, {"strapline": "Le 14 juillet"}, []),
    (
        {DATE: f"Publié {DATE.lower()}, mis à jour le 15 janvier 2025 à 18h05"},
        {"modified": "2025-01-15T18:05:00+01:00"},
        [],
    ),
    (
        {DATE: f"{DATE}\nMise à jour le 15 janvier 2025 à 18h05"},
        {"modified": "2025-01-15T18:05:00+01:00"},
        [],
    ),
    ({"Réseaux\n": "Réseaux\nCommentaires (3)\n"}, {}, []),
    (
        {"Réseaux\n": "Réseaux\n3 commentaires\nModifié le 15 janvier 2025 à 18h05\n"},
        {"modified": "2025-01-15T18:05:00+01:00"},
        [],
    ),
    ({f"{TITLE}\nÉclairage": f"{TITLE}\n{TITLE}\nÉclairage"}, {}, []),
    ({"Le conseil": "Hier\nLe conseil"}, {"lengths": (181 + 5, 185, 146)}, []),
    ({"Réseaux\n": "iOS\n"}, {"categories": ("Société numérique", "iOS")}, []),
]

CONTENTS_OF_PAGES: list[tuple[Replaced, dict[str, Any], list[str]]] = [
    ({CONTENTS: f"{TITLE}\n{H1}\n{H2}\n"}, {}, []),
    ({CONTENTS: f"Sommaire\n{H1}\n{H2}\n"}, {}, []),
    ({CONTENTS: f"{TITLE.upper()}\n-\n{H1}\n-\n{H2}\n"}, {}, []),
    ({CONTENTS: "", "Réseaux\n": f"Réseaux\n{CONTENTS}"}, {}, []),
    (
        {H1 + "\nSelon": "Ce qu’on mesure… « tout » ?\nSelon", H1: "Ce qu'on mesure... “tout”?"},
        {"headlines": (None, "Ce qu’on mesure… « tout » ?", H2)},
        [],
    ),
    ({CONTENTS: f"Sommaire\n{CONTENTS}"}, {}, []),
    ({CONTENTS: "", END: f"{END}\n{CONTENTS}"}, {}, []),
    ({CONTENTS: "", END: f"{END}\n{CONTENTS}CGU\n© 2025 X"}, {}, ["lines"]),
    # the paragraph above a table of contents without its title is still one
    ({CONTENTS: CONTENTS.replace(f"{TITLE}\n", "")}, {}, []),
    ({f"\n{CONTENTS}Comm": f"{CONTENTS}Comm"}, {}, []),
    ({CONTENTS: f"Lire en un clin d’œil\n-{H1}\n-{H2}\n"}, {}, ["lines"]),
    # the words of a category are those of a heading
    ({H1: "Réseaux"}, {"headlines": (None, "Réseaux", H2)}, []),
    # an entry found nowhere but at the end does not take the others away
    (
        {CONTENTS: "Fin\n" + CONTENTS.replace("-", "-\nFin\n-", 1)},
        {"lengths": (181, 185, 150)},
        ["heading"],
    ),
    # the title is in the body too
    ({"Le conseil": f"{TITLE}\nLe conseil"}, {"lengths": (181 + 58, 185, 146)}, []),
    # a sentence that begins as what closes a page does not cut what headings follow
    (
        {"Le conseil": "Article réservé aux abonnés ou non, il fait parler.\nLe conseil"},
        {"lengths": (181 + 52, 185, 146)},
        [],
    ),
]

NO_COMMENTS = {"declared": 0, "comments": ()}
COUNTS: list[tuple[Replaced, dict[str, Any], list[str]]] = [
    ({THREAD: "0 commentaire"}, NO_COMMENTS, []),
    ({THREAD: "Aucun commentaire pour l’instant"}, NO_COMMENTS, []),
    ({THREAD: "Commentaires (0)\nContact\nMentions légales"}, NO_COMMENTS, ["lines"]),
    (
        {THREAD: "0 commentaire\nCGU | Mentions légales\n© 2025 Le Réverbère"},
        NO_COMMENTS,
        ["lines"],
    ),
    ({COUNT: "Réactions (3)\n"}, {}, []),
    ({COUNT: "Commentaires (3)"}, {}, []),
    ({COUNT + INVITATION: "3 commentaires\nTrier par date\n"}, {}, ["lines"]),
    ({"être abonné": "être abonné·e", "Déjà abonné": "Déjà abonné•e"}, {}, []),
    ({COUNT: "Commentaires (12)\n"}, {"declared": 12}, ["comment_count"]),
]

BODIES: list[tuple[Replaced, dict[str, Any], list[str]]] = [
    # the site's own links are nobody's words
    ({END: END + "\nÀ propos\nMentions légales\n© 2025 Le Réverbère"}, {}, ["lines"]),
    ({END: END + "\nContact"}, {"comments": (*COMMENTS[:2], COMMENTS[2] + "\nContact")}, []),
    (
        {END: END + "\n© moi, 2025"},
        {"comments": (*COMMENTS[:2], COMMENTS[2] + "\n© moi, 2025")},
        [],
    ),
    # nor are buttons; what may be an answer is kept
    ({SECOND: f"Répondre\n{SECOND}", THIRD: f"Répondre\n{THIRD}"}, {}, []),
    (
        {SECOND: f"{SECOND}\nDéjà abonné."},
        {"comments": (COMMENTS[0], "Déjà abonné.", COMMENTS[2])},
        [],
    ),
    ({END: END + "\nAbonnez-vous"}, {}, ["lines"]),
    # other forms of headers
    ({FIRST: FIRST + " #1", SECOND: SECOND + " #1.1", THIRD: THIRD + " #2"}, {}, []),
    ({FIRST: "Mardi 14/01/25 à 10h02"}, {}, []),
    ({FIRST: FIRST[3:], SECOND: SECOND[3:], THIRD: "Hier à 11h15"}, {}, []),
    ({FIRST: FIRST + ":59", SECOND: "Le 14 janvier 2025, à 10h40"}, {}, []),
    ({SECOND: "Il y a quelques secondes"}, {}, []),
    ({"Le 14/01": "\u200bLe 14/01"}, {}, []),
    # a comment of a page that writes "Le" quotes a log that does not
    (
        {END: f"{END}\n14/01/2025 à 10h40\nPanne."},
        {"comments": (*COMMENTS[:2], COMMENTS[2] + "\n14/01/2025 à 10h40\nPanne.")},
        [],
    ),
    (
        {SECOND: f"{SECOND}\n4 min\nCommentaires (27)"},
        {"comments": (COMMENTS[0], "4 min\nCommentaires (27)", COMMENTS[2])},
        [],
    ),
]


@pytest.mark.parametrize(
    ("replaced", "different", "kinds"), [*HEADS, *CONTENTS_OF_PAGES, *COUNTS, *BODIES]
)
def test_cousins(replaced: Replaced, different: dict[str, Any], kinds: list[str]) -> None:
    page_read = page(replaced)
    assert summary(page_read.article) == COMPLETE | different
    assert [remark.kind for remark in page_read.report.remarks] == kinds


def test_a_header_may_show_the_date_of_the_edit_too() -> None:
    first, *_ = page({FIRST: f"{FIRST} (modifié le 14/01/2025 à 10h30)"}).article.comments
    assert (first.date_published, first.date_modified, first.edited) == (
        "2025-01-14T10:02:00+01:00",
        "2025-01-14T10:30:00+01:00",
        True,
    )
    assert first.id == page({}).article.comments[0].id


def test_the_credit_of_a_picture_is_no_category() -> None:
    article = page({"Le conseil": "Photo de Maëlle K. sur un réverbère\nLe conseil"}).article
    assert article.article_section == COMPLETE["categories"]
    assert article.sections[0].text.startswith("Photo de Maëlle K. sur un réverbère\n")


@pytest.mark.parametrize(
    ("replaced", "partial"),
    [
        ({}, False),
        ({THREAD: "Commentaires (0)"}, False),
        ({THREAD: "Aucun commentaire"}, False),
        ({COUNT: "Commentaires (2)\n"}, False),
        # the rest of the thread is on the site: what another capture has of it must stay
        ({COUNT: "Commentaires (27)\n"}, True),
        ({THREAD: ""}, True),
    ],
)
def test_a_page_without_all_its_comments_is_partial(replaced: Replaced, partial: bool) -> None:
    assert (page(replaced).article.extra.get("completeness") == "partial") is partial


TWO = "deux pages à la suite"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{TEXT}\n{TEXT}", TWO),
        (f"{TEXT}\n{TEXT.replace('Plouvernec', 'Kerbrat').replace(CONTENTS, '')}", TWO),
        (f"{TEXT.replace(THREAD, COUNT.replace('3', '0'))}{TEXT}", TWO),
        (f"{TEXT.replace(THREAD, '')}{TEXT}", TWO),
        (f"{TEXT}\n{TEXT}".replace("3 min\n", ""), TWO),
        (THREAD[THREAD.index("Le 14") :], "des commentaires sans article"),
        (THREAD, "des commentaires sans article"),
        (f"{THREAD[THREAD.index('Enfin') :]}{SECOND}\nOui.", "des commentaires sans article"),
        (TEXT[TEXT.index("Une réunion publique") :], "aucune date"),
    ],
)
def test_what_is_not_one_page_is_left_aside(text: str, reason: str) -> None:
    with pytest.raises(PageError, match=reason):
        read_page(text.encode(), capture())


def test_a_page_cut_within_a_character_stays_readable() -> None:
    cut_bytes = (TEXT.rstrip() + " Voilà").encode()[:-1]
    page_read = read_page(cut_bytes, capture())
    assert summary(page_read.article)["comments"] == (*COMMENTS[:2], COMMENTS[2] + " Voil\ufffd")
    assert [remark.kind for remark in page_read.report.remarks] == ["encoding"]


def test_a_few_western_bytes_do_not_spoil_the_rest() -> None:
    data = TEXT.encode().replace("espère".encode(), "espère".encode("cp1252"))
    assert summary(read_page(data, capture()).article) == COMPLETE


def test_a_control_character_is_dropped_and_many_are_no_text() -> None:
    assert summary(page({"espère": "esp\x02ère"}).article) == COMPLETE
    with pytest.raises(NotText, match="binaire"):
        decode_plain(b"a\x02b\x03c\x04")


@pytest.mark.parametrize(
    ("date_shown", "captured", "published"),
    [
        ("Il y a 3 heures", "2025-01-14", "2025-01-14"),
        ("Il y a 20 heures", "2025-01-15", "2025-01-14"),
        ("Il y a 2 jours", "2025-01-16", "2025-01-14"),
        ("Hier à 09h30", "2025-01-15", AT),
    ],
)
def test_an_article_of_a_few_hours_ago_has_the_likely_day(
    date_shown: str, captured: str, published: str
) -> None:
    article = read_page(page_text({DATE: date_shown}).encode(), capture(captured)).article
    assert article.date_published == published
    assert article.id == page({}).article.id


def test_a_file_copied_later_and_a_thread_begun_before_the_article() -> None:
    copied = capture("2027-06-01")
    text = page_text({DATE: "Le 14 janvier à 09h30", FIRST: "Le 12/01/2025 à 10h02"})
    article = read_page(text.encode(), Capture(copied.day, guessed=True)).article
    assert article.date_published == AT


def test_headings_are_as_many_as_can_be_in_order() -> None:
    body = [Line(number, text) for number, text in enumerate(["A", "x", "B", "x", "C", "A"])]
    entries = [Line(0, text) for text in ("C", "A", "B", "x")]
    headings_found, headings_missing = match_headings(body, entries)
    assert sorted(headings_found) == list(headings_found) == [0, 2, 3]
    assert [line.text for line in headings_missing] == ["C"]
