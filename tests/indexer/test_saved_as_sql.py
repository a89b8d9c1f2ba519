"""Does the SQL that a base was saved as give what the base gives?"""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.files import CapturedFile
from indexer.files.databases.sql_base import loaded
from indexer.pipeline.sources import read
from indexer.reporting.report import Outcome, Remark, Skipped
from indexer.times import Capture
from tests.indexer.dotclear.dotclear_bases import base as dotclear_base
from tests.indexer.samples import EXPORTS
from tests.indexer.spip.spip_dumps import ARTICLE, MESSAGE, dump

TEXT = "Il dit : « L'ami »\nC:\\nuit\\ ; -- (1),\t'fin'"


def spip(path: Path) -> None:
    articles = [{**ARTICLE, "id_article": n, "texte": TEXT} for n in (1, 2, 10)]
    articles.append({**ARTICLE, "id_article": 3, "statut": "prepa"})
    dump(
        path,
        {
            "articles": [{**article, "id_rubrique": 1} for article in articles],
            "rubriques": [{"id_rubrique": 1, "id_parent": 0, "titre": "Port"}],
            "auteurs": [{"id_auteur": 1, "nom": "Alice", "pass": "secret"}],
            "auteurs_liens": [{"id_auteur": 1, "id_objet": 2, "objet": "article"}],
            "forum": [MESSAGE, {**MESSAGE, "id_objet": 10}, {**MESSAGE, "statut": "prive"}],
            "urls": [{"url": "le-bac", "type": "article", "id_objet": 10, "date": "2024"}],
        },
    )


def isso(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            """
            CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR);
            CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY,
                parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER,
                remote_addr VARCHAR, text VARCHAR, author VARCHAR, likes INTEGER, voters BLOB);
            INSERT INTO threads VALUES (1, '/bac/', 'Le bac');
            INSERT INTO comments VALUES (1, 1, NULL, 1726900000.5, NULL, 4, '', '', 'x', 0, x'00');
            INSERT INTO comments VALUES (1, 2, 1, 1726900100, 1.7e9, 1, '', 'Oui.', 'Yann', 2, '');
            INSERT INTO comments VALUES (1, 3, NULL, 1726900300, NULL, 2, '', 'Non.', 'x', 0, '');
            """
        )


def mysql(base: sqlite3.Connection) -> str:
    """As mysqldump writes it."""
    text = "-- MySQL dump 10.13  Distrib 8.0.36\n/*!40101 SET NAMES utf8mb4 */;\n"
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        cursor = base.execute(f"SELECT * FROM {table}")
        columns = ",\n".join(f"  `{column[0]}` text" for column in cursor.description)
        text += (
            f"CREATE TABLE `{table}` (\n{columns},\n  KEY `k` (`{cursor.description[0][0]}`)\n);\n"
        )
        if rows := [f"({','.join(map(mysql_value, row))})" for row in cursor]:
            text += f"INSERT INTO `{table}` VALUES {','.join(rows)};\n"
    return text + "-- Dump completed\n"


def mysql_value(value: object) -> str:
    if value is None or isinstance(value, int | float):
        return "NULL" if value is None else str(value)
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    escapes = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", '"': '\\"'})
    return f"'{str(value).translate(escapes)}'"


def postgresql(base: sqlite3.Connection) -> str:
    """As pg_dump writes it."""
    text = "--\n-- PostgreSQL database dump\n--\n\nSET standard_conforming_strings = on;\n"
    escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        cursor = base.execute(f"SELECT * FROM {table}")
        columns = [f'"{column[0]}"' for column in cursor.description]
        text += f"CREATE TABLE public.{table} (\n    {' text,    '.join(columns)} text\n);\n"
        text += f"COPY public.{table} ({', '.join(columns)}) FROM stdin;\n"
        for row in cursor:
            cells = ("\\N" if cell is None else str(cell).translate(escapes) for cell in row)
            text += "\t".join(cells) + "\n"
        text += "\\.\n\n"
    return text + "--\n-- PostgreSQL database dump complete\n--\n"


def sqlite_dump(base: sqlite3.Connection) -> str:
    return "PRAGMA foreign_keys=OFF;\n" + "\n".join(base.iterdump())


def dotclear(path: Path) -> None:
    dotclear_base(path, "dc_")


def outcomes_of(path: Path) -> list[Outcome]:
    """What is read, without the name of the file."""
    return [
        outcome if isinstance(outcome, Article) else replace(outcome, source="")
        for outcome in read([path])
        if isinstance(outcome, Article | Remark | Skipped)
    ]


# Isso is on SQLite alone
SAVED = [
    *((program, saved) for program in (spip, dotclear) for saved in (mysql, postgresql)),
    *((program, sqlite_dump) for program in (spip, dotclear, isso)),
    (isso, mysql),
]


@pytest.mark.parametrize(("program", "saved"), SAVED, ids=lambda function: function.__name__)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_the_same_is_read(
    program: Callable[[Path], None],
    saved: Callable[[sqlite3.Connection], str],
    pack: Callable[[bytes], bytes],
    tmp_path: Path,
) -> None:
    base, sql = tmp_path / "base.sqlite", tmp_path / "base.sql"
    program(base)
    with closing(sqlite3.connect(base)) as opened:
        sql.write_bytes(pack(saved(opened).encode()))
    expected = outcomes_of(base)
    assert any(isinstance(outcome, Article) for outcome in expected)
    assert outcomes_of(sql) == expected


def test_a_base_of_isso_is_decompressed(tmp_path: Path) -> None:
    base = tmp_path / "comments.db"
    isso(base)
    packed = tmp_path / "comments.db.gz"
    packed.write_bytes(gzip.compress(base.read_bytes()))
    assert outcomes_of(packed) == outcomes_of(base) != []


def test_in_a_folder_and_cut(tmp_path: Path) -> None:
    data = (EXPORTS / "wordpress.sql").read_bytes()
    (tmp_path / "base.sql").write_bytes(data[: data.index(b"(8,1,")])
    outcomes = list(read([tmp_path]))
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == ["Le bac"]
    [skipped] = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert "coupée" in skipped.reason


def test_a_dump_that_is_mostly_faults_is_left_there(tmp_path: Path) -> None:
    data = (EXPORTS / "wordpress.sql").read_text("utf-8")
    faults = ",".join(["(1,2)"] * 30_000)
    data = data.replace("CREATE TABLE `wp_options`", f"INSERT INTO `wp_comments` VALUES {faults};\n"
                        "CREATE TABLE `wp_options`")  # fmt: skip
    path = tmp_path / "base.sql"
    path.write_text(data, "utf-8")
    file = CapturedFile(path, "base.sql", Capture.at(datetime(2024, 3, 6, tzinfo=UTC)))
    with loaded(file, {"comments": ("comment_id",)}) as (_, unread):
        assert len(unread) == 20_001
        assert unread[-1].reason.startswith("trop de fautes")


OTHERS = [
    ("-- MySQL dump 10.13\nCREATE TABLE `vitrine` (`a` int);\n", "programme inconnu (vitrine)"),
    ("-- MySQL dump 10.13\nINSERT INTO `wp_posts` VALUES (1,'A');\n", "sans les noms des colonnes"),
    ("-- MySQL dump 10.13\n", "(aucune table)"),
    (
        "CREATE TABLE `spip_forum` (`id_forum` int, `id_thread` int, `date_heure` text);",
        "sans la table des articles (spip_articles)",
    ),
]


@pytest.mark.parametrize(("text", "reason"), OTHERS, ids=range(len(OTHERS)))
def test_what_is_not_read(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "base.sql"
    path.write_text(text, "utf-8")
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason
