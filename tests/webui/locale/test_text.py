"""How are dates, numbers and strings said?"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

import webui
from index.question import dates
from index.question.dates import Period
from index.question.grammar import NAMED, OPERATORS
from index.record import About, Record
from webui.locale.catalogue import CATALOGUE, PAGES
from webui.locale.catalogue_service import SERVICE
from webui.locale.text import PARIS, Tongue, excerpt, period_in_english, typeset
from webui.page.syntax import ENGLISH

HOME = Path(webui.__file__).parent
FR, EN = Tongue("fr"), Tongue("en")


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (0, "0 article", "0 articles"),
        (1, "1 article", "1 article"),
        (2, "2 articles", "2 articles"),
        (1234, "1\u202f234 articles", "1,234 articles"),
    ],
)
def test_plurals(n: int, french: str, english: str) -> None:
    assert (FR("articles", n=n), EN("articles", n=n)) == (french, english)


@pytest.mark.parametrize(
    ("time", "french", "english"),
    [
        ("2024-10-27T01:59:59+02:00", "1\xa0h\xa059", "1:59"),
        ("2024-10-27T00:30:00Z", "2\xa0h\xa030 (heure d’été)", "2:30 (summer time)"),
        ("2024-10-27T01:30:00Z", "2\xa0h\xa030 (heure d’hiver)", "2:30 (winter time)"),
        ("2024-10-27T03:00:00+01:00", "3\xa0h\xa000", "3:00"),
        # clocks put forward: no hour comes twice
        ("2024-03-31T01:30:00Z", "3\xa0h\xa030", "3:30"),
    ],
)
def test_an_hour_that_comes_twice_says_which_it_is(time: str, french: str, english: str) -> None:
    assert FR.moment(time).partition(" à ")[2] == french
    assert EN.moment(time).partition(", ")[2] == english


@pytest.mark.parametrize(
    ("precision", "machine"),
    [("second", "2024-10-01T00:00:00+02:00"), ("minute", "2024-10-01T00:00:00+02:00"),
     ("day", "2024-10-01"), ("month", "2024-10"), ("year", "2024"), ("unknown", "2024-10-01"),
     ("", "2024-10-01")],
)  # fmt: skip
def test_machines_are_told_no_more_of_a_time_than_is_known(precision: str, machine: str) -> None:
    assert FR.machine_time("2024-10-01T00:00:00+02:00", precision) == machine


@pytest.mark.parametrize(
    ("start", "end", "precision", "french", "english"),
    [
        ("2024-03-01T08:46:00+01:00", None, "minute", "1er\xa0mars 2024", "1\xa0March 2024"),
        ("2024-03-12T23:30:00Z", None, "second", "13\xa0mars 2024", "13\xa0March 2024"),
        ("2024-03-12T00:00:00+01:00", "2024-03-12T23:59:59+01:00", "day",
         "≈\xa012\xa0mars 2024", "≈\xa012\xa0March 2024"),
        ("2024-03-01T00:00:00+01:00", "2024-03-31T23:59:59+02:00", "month",
         "≈\xa0mars 2024", "≈\xa0March 2024"),
        ("2024-01-01T00:00:00+01:00", "2024-12-31T23:59:59+01:00", "year",
         "≈\xa02024", "≈\xa02024"),
        ("2024-03-12T00:00:00+01:00", "2024-03-14T00:00:00+01:00", "unknown",
         "≈\xa0entre le 12\xa0mars 2024 et le 14\xa0mars 2024",
         "≈\xa0between 12\xa0March 2024 and 14\xa0March 2024"),
    ],
)  # fmt: skip
def test_dates(start: str, end: str | None, precision: str, french: str, english: str) -> None:
    record = Record("a#c", "comment", About("a", "A"), 1, start=start, end=end or start,
                    precision=precision)  # type: ignore[arg-type]  # fmt: skip
    assert (FR.when(record).text, EN.when(record).text) == (french, english)
    assert FR.when(record).about == (precision not in ("minute", "second"))


def test_a_date_nobody_could_read_is_shown_as_it_was() -> None:
    record = Record("a#c", "comment", About("a", "A"), 1, shown="l’autre jour")
    assert FR.when(record).text == "l’autre jour"
    assert FR.when(record).iso is None


def test_typography_is_ours_only() -> None:
    assert typeset("a : b ; c ! d ? « e »") == "a\xa0: b\u202f; c\u202f! d\u202f? «\xa0e\xa0»"
    assert FR("results_for", q="a : b ?") == "Résultats pour a : b ?"


QUOTED = [
    ("a : b ?", "«\xa0a\xa0: b\xa0?\xa0»", "“a\xa0: b\xa0?”"),
    ("« red taem »", "«\xa0red taem\xa0»", "«\xa0red taem\xa0»"),
    ("“red taem”", "“red taem”", "“red taem”"),
    ('"red taem" nda', '"red taem" nda', '"red taem" nda'),
    ('nda "red', 'nda "red', 'nda "red'),
    ("l'art d’aimer", "«\xa0l'art d’aimer\xa0»", "“l'art d’aimer”"),
    ("אברהם", "«\xa0\u2068אברהם\u2069\xa0»", "“\u2068אברהם\u2069”"),
    ('"אברהם"', '\u2068"אברהם"\u2069', '\u2068"אברהם"\u2069'),
]


@pytest.mark.parametrize(("question", "french", "english"), QUOTED)
def test_a_question_with_quotation_marks_is_given_no_others(
    question: str, french: str, english: str
) -> None:
    assert (FR.quoted(question), EN.quoted(question)) == (french, english)


def test_an_excerpt_is_one_line_cut_between_words() -> None:
    assert excerpt("un\ndeux  trois", 50) == "un deux trois"
    assert excerpt("un deux trois", 8) == "un deux…"
    assert len(excerpt("a" * 500, 50)) <= 51


def test_every_string_used_is_in_the_catalogue_and_the_other_way_round() -> None:
    sources = [*HOME.rglob("*.py"), *(HOME / "templates").iterdir()]
    text = "\n".join(file.read_text() for file in sources if not file.name.startswith("catalogue"))
    text = text.replace("'", '"')
    keys_used = set(
        re.findall(r'\b(?:t|say|self|tongue|self\.tongue|tongue\(\))\(\s*"(\w+)"', text)
    )
    assert keys_used - set(CATALOGUE) == set()
    families = (
        "error_",
        "sort_",
        "place_",
        "facet_",
        "csv_",
        "kind_",
        "state_",
        "thread_",
    )
    unused = {key for key in CATALOGUE if f'"{key}"' not in text and not key.startswith(families)}
    assert unused == set()
    assert not PAGES.keys() & SERVICE.keys()


def test_every_string_is_in_both_languages_with_the_same_places() -> None:
    for key, (french, english) in CATALOGUE.items():
        assert french.strip(), key
        assert english.strip(), key
        fields = [set(re.findall(r"\{([a-z]+)", string)) for string in (french, english)]
        assert fields[0] == fields[1], key


def test_no_template_holds_words_of_its_own() -> None:
    for file in (HOME / "templates").glob("*.html"):
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", file.read_text(), flags=re.S)
        texts = html.fromstring(f"<div>{source}</div>").itertext()
        words = [word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)]
        words_known = {"glose", "index", "DOSSIER", "openapi", "json", "lang", "fr"}
        assert set(words) <= words_known, file.name


def test_the_whole_language_is_explained_in_english_too() -> None:
    assert {operator.code for operator in OPERATORS} | {named.code for named in NAMED} == set(
        ENGLISH
    )


def test_a_time_is_not_cut_at_the_end_of_a_line() -> None:
    assert FR.moment("2024-03-12T09:05:00+01:00") == "12\xa0mars 2024 à 9\xa0h\xa005"


@pytest.mark.parametrize(
    ("address", "where"),
    [("/search?q=le", "//*[@class='notices']"), ("/search?q=foo:sora", "//*[@class='notices']"),
     ("/search?page=0", "//main"), ("/api", "//main")],
)  # fmt: skip
def test_what_other_rooms_say_is_set_in_french_too(
    client: FlaskClient, address: str, where: str
) -> None:
    [text] = html.fromstring(client.get(address).text).xpath(where)
    assert re.search("\xa0[:»]|\u202f[;!?]", text.text_content())
    assert not re.search(r"\S [;!?:»]|« ", text.text_content())


ASKED_IN_ENGLISH = (
    "/", "/search", "/search?q=zzyzx&category=x", "/search?q=date:2024-01..2024-02 zzyzx",
    "/search?q=zzyzx depuis:hier avant:2024-03-02 during:2023", "/search?q=foo:zzyzx (",
    "/search?page=0", "/search?q=le", "/nope", "/article/nope", "/syntax", "/api", "/status",
    "/values?q=artistes&facet=commenter&contains=z", "/values?q=zzyzx", "/timeline?q=zzyzx",
    "/timeline?q=pagination&compare=artistes&share=yes", "/search?q=pagination&from=2021&to=2021",
    "/search?q=artistes OU nda", "/article/demo:sora?q=nda",
)  # fmt: skip
# other people's words, the question itself, and words of the question language
THEIRS = (
    "//code | //*[@class='examples']//a | //*[@class='word'] | //*[@class='facts'] | "
    "//*[@class='facet'] | //*[@class='kind'] | //*[@class='parent'] | //*[@class='who'] | "
    "//*[@class='comment']//h3 | //*[@class='values'] | //*[@class='address']"
)
FRENCH = (
    r"[éèêàâçôûœ«»’]|\b(le|la|les|des|une|du|au|aucun|dans|avec|sans|passages? qui|page sur|"
    r"janvier|mars|mai|juin|août|depuis)\b"
)


@pytest.mark.parametrize("address", ASKED_IN_ENGLISH)
def test_nothing_is_left_in_french(client: FlaskClient, address: str) -> None:
    page = html.fromstring(client.get(address, headers={"Accept-Language": "en"}).text)
    for element in page.xpath(f"//body//*[@lang='fr'] | //head/title | {THEIRS}"):
        element.drop_tree()
    text = page.text_content() + " ".join(page.xpath("//@aria-label | //@title | //@placeholder"))
    text = re.sub("“[^”]*”", "", text)
    assert not (matches := re.findall(FRENCH, text)), (matches, text)


@pytest.mark.parametrize(
    ("first", "after"),
    [(None, None), ("2024-03-01", None), (None, "2024-03-02"), ("2024-03-01", "2024-03-02"),
     ("2024-03-01", "2024-04-01"), ("2024-01-01", "2024-04-01"), ("2023-08-01", "2025-01-01")],
)  # fmt: skip
def test_every_period_is_said_in_english(first: str | None, after: str | None) -> None:
    start, end = (
        dt.datetime.fromisoformat(bound).replace(tzinfo=PARIS) if bound else None
        for bound in (first, after)
    )
    text = period_in_english(dates.in_french(Period(start, end)))
    day = r"\d+( [A-Z][a-z]+)?( \d{4})?"
    assert re.fullmatch(rf"any date|((until|since) )?{day}|from {day} to {day}", text), text


@pytest.mark.parametrize(
    ("author", "french", "english"),
    [
        ("Alice", "Commentaire d’Alice", "Comment by Alice"),
        ("Éva", "Commentaire d’Éva", "Comment by Éva"),
        ("Zoé", "Commentaire de Zoé", "Comment by Zoé"),
        ("Yann", "Commentaire de Yann", "Comment by Yann"),
        ("007", "Commentaire de 007", "Comment by 007"),
        (None, "Commentaire sans nom", "Unnamed comment"),
    ],
)
def test_a_comment_is_its_authors(author: str | None, french: str, english: str) -> None:
    assert (FR.comment_by(author), EN.comment_by(author)) == (french, english)
