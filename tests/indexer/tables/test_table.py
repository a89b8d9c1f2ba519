"""Which articles and comments do CSV files give, whatever wrote them?"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import engines
from indexer.article.model import Article
from indexer.doors.commands import check_command, index_command
from indexer.files import ReadingOptions
from indexer.pipeline.sources import formats, open_file, read
from indexer.reporting.report import Remark, Skipped
from indexer.tables import csv_file
from indexer.tables.columns import declared_columns
from tests.indexer.outcomes import articles, outcomes_of, remarks, skipped
from tests.indexer.samples import TABLES


def test_french_excel() -> None:
    outcomes = list(read([TABLES / "excel.csv"]))
    tides, gull = articles(outcomes)
    assert tides.headline == "Les marées d’équinoxe"
    assert tides.description == "La mer, deux fois l’an"
    assert tides.sections[0].text == ("Deux fois l’an, la mer se retire.\nElle revient ; toujours.")
    assert tides.date_published == "2024-09-21T08:00:00+02:00"
    assert tides.author == ("Maëlle Le Goff",)
    assert (tides.article_section, tides.keywords) == (("Mer",), ("lune", "cœfficient"))
    assert tides.url == "https://www.phare.example/2024/marees/"
    assert gull.author == ("Yann Kerdoncuff", "Enora Le Bihan")
    assert [(section.headline, section.text) for section in gull.sections] == [
        (None, "Il a mangé trois frites."),
        ("Et après ?", "Une glace à 5 €."),
    ]
    assert skipped(outcomes) == [
        (7, "10 cellules pour 9 colonnes (un séparateur hors des guillemets ?)")
    ]
    messages = remarks(outcomes)
    assert messages["columns"] == "colonnes pas lues : « E-mail »"
    assert "Windows-1252" in messages["encoding"]
    assert "@" not in repr(outcomes)


def test_articles_and_their_comments_in_two_files() -> None:
    outcomes = list(read([TABLES / "articles.csv", TABLES / "commentaires.csv"]))
    article, thread = articles(outcomes)
    assert article.id == thread.id == "table:7"
    assert article.extra == {}
    assert thread.extra["completeness"] == "partial"
    assert [
        (comment.id.rpartition("-")[2], comment.author, comment.text) for comment in thread.comments
    ] == [
        ("31", "Yann", "Belle photo.\nOù est-ce ?"),
        ("32", "Soizic", "À la pointe."),
        ("34", "Gwenn", "Merci !"),
        ("36", None, ""),
    ]
    assert thread.comments[1].parent_id == "table:7#comment-31"
    assert thread.comments[1].citation[0].text == "Où est-ce ?"
    assert thread.comments[2].parent_id == "table:7#comment-99"
    assert thread.comments[3].status == "deleted"
    [(line, reason)] = skipped(outcomes)
    assert (line, "son article" in reason) == (9, True)
    messages = remarks(outcomes)
    assert messages["unpublished"] == (
        "1 commentaire non publié laissé de côté (spam : 1 ; --published spam les prend)"
    )
    assert messages["unpublished_articles"] == (
        "1 article non publié laissé de côté (draft : 1 ; --published draft les prend)"
    )
    assert messages["orphan"] == "1 réponse à un commentaire absent"
    assert "--timezone" in messages["zone"]
    assert "@" not in repr(outcomes)
    assert "192.0" not in repr(outcomes)


@pytest.mark.parametrize(
    "order", [("articles.csv", "commentaires.csv")[::step] for step in (1, -1)]
)
def test_both_files_make_one_article_of_the_index(order: tuple[str, ...], tmp_path: Path) -> None:
    index = str(tmp_path / "x.index")
    for name in order:
        CliRunner().invoke(index_command, [str(TABLES / name), "--index", index])
    reader = engines.open(index).reader()
    article = reader.load([hit.ref for hit in reader.search(_read_all(), 99).hits])
    texts = b"".join(article).decode()
    assert texts.count('"kind":"lead"') == 1
    assert "Article 7" not in texts
    assert "Belle photo" in texts
    assert "La mer se retire." in texts


def _read_all() -> object:
    from whoosh.query import Every

    return Every()


def test_an_article_and_its_comments_in_each_row() -> None:
    sora, article_alone = articles(list(read([TABLES / "mixte.tsv"])))
    assert [
        (comment.author, comment.text, comment.date_published) for comment in sora.comments
    ] == [
        ("Yann", "Bravo !", "2024-02-02T10:00:00+01:00"),
        ("Zoé", "Merci.", "2024-02-03T10:00:00+01:00"),
    ]
    assert sora.sections[0].text == "Un texte."
    assert (sora.date_published, sora.extra) == ("2024-02-01", {})
    assert (article_alone.headline, article_alone.comments) == ("Seul", ())


def test_columns_that_are_told() -> None:
    path = TABLES / "colonnes.csv"
    [(line, reason)] = skipped(list(read([path])))
    assert line == 2
    assert "« Amorce du matin », « Propos du matin », « Paru »" in reason
    assert '--columns "titre=Amorce du matin,texte=Propos du matin"' in reason
    columns = declared_columns("titre=amorce du matin,texte=Propos du matin,date=Paru")
    first, second = articles(list(read([path], among=formats(ReadingOptions(columns=columns)))))
    assert (first.headline, first.sections[0].text) == ("Un", "Le premier.")
    assert first.date_published == "2024-01-01"
    assert second.date_published == "2024-01-02T12:00:00+01:00"
    [(_, reason_given)] = skipped(
        list(read([path], among=formats(ReadingOptions(columns={"titre": "Nom"}))))
    )
    assert "pas de colonne « Nom »" in reason_given


def test_the_command_line(tmp_path: Path) -> None:
    path = str(TABLES / "colonnes.csv")
    run = CliRunner().invoke(check_command, [path])
    assert run.exit_code == 1
    assert "--columns" in run.output
    options = [
        "--columns",
        "titre=Amorce du matin",
        "--columns",
        "texte=Propos du matin,date=Paru",
    ]
    run = CliRunner().invoke(index_command, [path, *options, "--timezone", "UTC", "--dry-run"])
    assert run.exit_code == 0, run.output
    assert "2 articles" in run.output
    assert "zone" not in run.output
    for options_refused in (
        ["--columns", "titre"],
        ["--columns", "nez=A"],
        ["--timezone", "Mars/Nord"],
    ):
        assert CliRunner().invoke(index_command, [path, *options_refused]).exit_code == 2


FORMS = [
    ("utf-8", "t.csv", ";"),
    ("utf-8-sig", "t.csv", ";"),
    ("cp1252", "t.csv", ";"),
    ("utf-16", "t.csv", "\t"),
    ("utf-16-le", "t.csv", "\t"),
    ("utf-8", "t.csv", ","),
    ("utf-8", "t.tsv", "\t"),
    ("utf-8", "t.csv", "|"),
    ("utf-8", "sans-suffixe", ";"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("encoding", "name", "delimiter"), FORMS)
def test_forms(encoding: str, name: str, delimiter: str, end: str, tmp_path: Path) -> None:
    rows = [["Titre", "Texte", "Date"], ["L’été « ici »", f"Un{delimiter}\ndeux", "01/02/2024"]]
    output = io.StringIO()
    csv.writer(output, delimiter=delimiter, lineterminator=end).writerows(rows)
    [article] = articles(outcomes_of(tmp_path, output.getvalue().encode(encoding), name=name))
    assert article.headline == "L’été « ici »"
    assert article.sections[0].text == f"Un{delimiter.strip()}\ndeux"
    assert article.date_published == "2024-02-01"


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("t.csv", b"a;b\n1;2\n", "csv"),
        ("t.txt", b"Titre;Texte\nA;B\n", "csv"),
        ("t.txt", b"Titre : le texte, la date\nLe 02/12/2024\n", "page"),
        ("t.txt", b"Texte\n", "page"),
        ("t.csv", b'{"headline": "T"}\n', "jsonl"),
        ("t.csv", b"PK\x03\x04", "archive"),
        ("t.csv.gz", b"a;b\n", "csv"),
    ],
)
def test_what_is_a_table(name: str, data: bytes, form: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == form


# names of columns, members, whether rows are comments
TEXTS = [
    ("Un.\n\nDeux < 3 & 4.", [(None, "Un.\nDeux < 3 & 4.")]),
    ("Un.\n## Deux\nTrois **gras**.", [(None, "Un."), ("Deux", "Trois gras.")]),
    ("<p>Un\nligne.</p><h2>Deux</h2>Trois", [(None, "Un ligne."), ("Deux", "Trois")]),
    ("Un.\n\n<b>Deux</b> [gallery ids='1']", [(None, "Un.\nDeux")]),
    ("L&#8217;été &amp; l&rsquo;hiver", [(None, "L’été & l’hiver")]),
    ("#sora et #veo", [(None, "#sora et #veo")]),
]


@pytest.mark.parametrize(("cell", "sections"), TEXTS)
def test_texts(cell: str, sections: list[tuple[str | None, str]], tmp_path: Path) -> None:
    output = io.StringIO()
    csv.writer(output).writerows([["titre", "texte"], ["A", cell]])
    [article] = articles(outcomes_of(tmp_path, output.getvalue(), "t.csv"))
    assert [(section.headline, section.text) for section in article.sections] == sections


def test_comments_wait_for_their_article_wherever_it_is(tmp_path: Path) -> None:
    text = (
        "type;id;article;titre;url;texte;auteur\n"
        "commentaire;1;https://a.example/x;;;Un.;Ada\n"
        "article;12;;Le titre;https://www.a.example/x/;Le texte.;Zoé\n"
        "commentaire;2;12;;;Deux.;Bob\n"
    )
    [article] = articles(outcomes_of(tmp_path, text, "t.csv"))
    assert (article.id, article.headline, article.author) == ("table:12", "Le titre", ("Zoé",))
    assert {comment.text for comment in article.comments} == {"Un.", "Deux."}


def test_lines_and_cells_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_LONGEST", 200_000)
    head = "titre;texte\nA;B\n"
    for tail in ("C;" + "x" * 300_000, 'C;"' + "x\n" * 300_000):
        outcomes = outcomes_of(tmp_path, head + tail, "t.csv")
        assert [article.headline for article in articles(outcomes)] == ["A"]
        [(line, reason)] = skipped(outcomes)
        assert line == 3
        assert "guillemet" in reason


QUOTED = {
    "doubled": '2,"Le ""bac"", bleu","Un \\ seul",NULL\n',
    "with backslashes": '2,"Le \\"bac\\", bleu","Un \\\\ seul",\\N\n',
}


@pytest.mark.parametrize("name", QUOTED)
@pytest.mark.parametrize("names", ["id,titre,texte,auteur", "no,titre,texte,auteur"])
def test_quotes_and_nulls_of_databases(name: str, names: str, tmp_path: Path) -> None:
    (article,) = articles(outcomes_of(tmp_path, f"{names}\n{QUOTED[name]}", "t.csv"))
    assert article.headline == 'Le "bac", bleu'
    assert [section.text for section in article.sections] == ["Un \\ seul"]
    assert article.author == ()


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    [remark] = outcomes_of(tmp_path, "titre;texte\n;\n", "t.csv")
    assert isinstance(remark, Remark)
    [skipped_] = outcomes_of(tmp_path, "", "t.csv")
    assert isinstance(skipped_, Skipped)


def test_an_encoding_that_changes_after_the_beginning(tmp_path: Path) -> None:
    head = "titre;texte\n" + "A;mot\n" * 20_000
    *_, last = articles(
        outcomes_of(tmp_path, head.encode() + "L’été;œuf\n".encode("cp1252"), "t.csv")
    )
    assert (last.headline, last.sections[0].text) == ("L’été", "œuf")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_read(data: st.DataObject, tmp_path: Path) -> None:
    head = data.draw(st.sampled_from([b"titre;texte;date;article;id\n", b"\xff\xfe", b"sep=", b""]))
    ending = data.draw(st.text(alphabet=';,\t|"\n\r aé1/\0<>#&', max_size=200))
    for outcome in outcomes_of(tmp_path, head + ending.encode("utf-8"), "t.csv"):
        assert isinstance(outcome, Article) or outcome.sentence()


LETTERS = [
    "titre,texte\nCourrier,Un.\nCourrier,Deux.\nCourrier,Trois.\n",
    "titre,date,texte\nCourrier,2024-03-02,Un.\nCourrier,2024-03-02,Deux.\n"
    "Courrier,2024-03-02,Trois.\n",
    "titre,auteur,texte\nSans titre,Zoé,Un.\nSans titre,Yann,Deux.\nSans titre,Zoé,Trois.\n",
    "titre,texte,commentaire\nCourrier,Un.,\nCourrier,Deux.,\nCourrier,Trois.,\nCourrier,,Bravo\n",
]


@pytest.mark.parametrize("text", LETTERS)
def test_rows_of_one_title_are_as_many_articles(text: str, tmp_path: Path) -> None:
    path = tmp_path / "courrier.csv"
    path.write_text(text)
    letters = articles(list(read([path])))
    assert {letter.sections[0].text for letter in letters} == {"Un.", "Deux.", "Trois."}
    assert len({letter.id for letter in letters}) == 3
    assert [letter.id for letter in articles(list(read([path])))] == [x.id for x in letters]


SAME = {
    "under each of its authors": "titre,auteur,texte\nLe bac,Zoé,Un.\nLe bac,Yann,Un.\n",
    "as it was before": "slug,titre,texte\nbac,Le bac,Un.\nbac,Le bac,Deux.\n",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_rows_of_one_article_are_one(text: str, tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text(text)
    assert len({article.id for article in articles(list(read([path])))}) == 1


def test_an_article_is_withheld_by_its_last_row(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text(
        "article_id,titre,texte,statut,commentaire,commentaire_auteur\n"
        "7,Le bac,Premier texte.,publié,,\n7,Le bac,Second texte.,brouillon,,\n"
        "7,,,,Bravo.,Zoé\n"
    )
    assert articles(list(read([path]))) == []


def test_a_row_that_is_there_twice_is_one_article(tmp_path: Path) -> None:
    path = tmp_path / "courrier.csv"
    path.write_text("titre,texte\nCourrier,Un.\nCourrier,Un.\n")
    assert len({letter.id for letter in articles(list(read([path])))}) == 1


def test_a_list_of_members_is_no_table_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("id,email,name,created_at\n1,zoe@a.example,Zoé,2024-03-02\n")
    [outcome] = [o for o in read([path]) if not isinstance(o, Remark)]
    assert isinstance(outcome, Skipped)
    assert "liste de personnes" in outcome.reason
    assert "--columns" in outcome.reason


def test_the_comments_of_fastcomments(tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.write_text(
        "id,url,commenterName,commenterEmail,comment,parentId,date,approved,isSpam,isDeleted\n"
        "1,https://a.example/bac,Zoé,z@a.example,Bravo,,2024-03-03T10:00:00Z,true,false,false\n"
        "2,https://a.example/bac,Léo,l@a.example,Attente,,2024-03-03T10:00:00Z,false,false,false\n"
        "3,https://a.example/bac,Bot,b@a.example,Pilules,,2024-03-03T10:00:00Z,true,true,false\n"
    )
    [article] = articles(list(read([path])))
    assert [(comment.author, comment.text) for comment in article.comments] == [("Zoé", "Bravo")]
