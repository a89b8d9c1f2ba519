r"""Which rows are read in SQL, in each of the ways databases and their tools write it?

mysqldump 8.0 and mariadb-dump 10.11, phpMyAdmin 5.2, Adminer 4.8, UpdraftPlus 1.23, pg_dump 15,
`sqlite3 .dump` (3.40 with `replace`, 3.50 with `unistr`).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from indexer.files.databases.sql_dump import DumpRow, UnreadPiece, dump_rows, dump_tables, is_dump
from indexer.files.databases.sql_values import Cell

CREATED = "CREATE TABLE `a` (`n` int, `t` text);\n"
PG = "-- PostgreSQL database dump\nCREATE TABLE public.a (\n    n integer,\n    t text\n);\n"
LITE = 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE IF NOT EXISTS "a" (n, t);\n'
END = "-- PostgreSQL database dump complete\n"
WRITINGS: list[tuple[str, list[list[Cell]]]] = [
    (CREATED + r"INSERT INTO `a` VALUES (1,'l\'ami'),(2,NULL);", [[1, "l'ami"], [2, None]]),
    (CREATED + "INSERT INTO a VALUES (1,'l''ami');", [[1, "l'ami"]]),
    (CREATED + 'INSERT INTO a VALUES (1,"l\'ami");', [[1, "l'ami"]]),
    (CREATED + r"INSERT INTO a VALUES (1,'un\ndeux\\n \% \"');", [[1, 'un\ndeux\\n \\% "']]),
    (CREATED + "INSERT INTO a VALUES\n(1,'a');\nINSERT INTO a VALUES\n(2, 'b') ;",
     [[1, "a"], [2, "b"]]),
    (CREATED + "INSERT INTO a (t, n) VALUES ('a', 1),\n\t('b', -2.5e3);",
     [["a", 1], ["b", -2500.0]]),
    (CREATED + "INSERT  IGNORE INTO `base`.`a` VALUES (1,'a');", [[1, "a"]]),
    (CREATED + "REPLACE INTO `a` VALUES (1,_binary 'a'),(2,0xC3A9),(3,x'C3A9'),(4,b'101');",
     [[1, "a"], [2, "é"], [3, "é"], [4, "5"]]),
    (CREATED + "INSERT INTO a VALUES (1,'a') ON DUPLICATE KEY UPDATE n=1;\n"
     "INSERT INTO a VALUES (true,DEFAULT);", [[1, "a"], ["true", None]]),
    (CREATED + "INSERT INTO a VALUES (1,'); INSERT INTO `a` VALUES (9,''x''); -- /* ');",
     [[1, "); INSERT INTO `a` VALUES (9,'x'); -- /* "]]),
    ("/*!40101 SET NAMES utf8 */;\n" + CREATED + "DELIMITER ;;\n"
     "/*!50003 CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN\n"
     "INSERT INTO a VALUES (8,'non'); END */;;\nDELIMITER ;\nINSERT INTO a VALUES (1,'a');",
     [[1, "a"]]),
    ("# WordPress MySQL database backup\n# un ; point\nDROP TABLE IF EXISTS `a`;\n" + CREATED
     + "INSERT INTO `a` VALUES (1, 'a');\n", [[1, "a"]]),
    # strings have no escapes there
    (PG + r"INSERT INTO public.a VALUES (1, 'C:\nuit\'), (2, E'l\'ami');" + "\n" + END,
     [[1, r"C:\nuit" + "\\"], [2, "l'ami"]]),
    (PG + "CREATE FUNCTION f() AS $_$ BEGIN; 'x ; $_$ LANGUAGE sql;\nCOPY public.a (n, t) FROM "
     "stdin;\n1\tC:\\\\nuit\\net\\tjour\n2\t\\N\n3\t\n\\.\n\n" + END,
     [["1", "C:\\nuit\net\tjour"], ["2", None], ["3", ""]]),
    (LITE + "INSERT INTO a VALUES(1,'l''ami\\n');\nCOMMIT;", [[1, "l'ami\\n"]]),
    (LITE + r"INSERT INTO a VALUES(1,replace(replace('un\r\ndeux','\r',char(13)),'\n',char(10)));",
     [[1, "un\r\ndeux"]]),
    (LITE + r"INSERT INTO a VALUES(1,unistr('un\u000adeux\\'));", [[1, "un\ndeux\\"]]),
]  # fmt: skip


def pieces(text: str | bytes) -> list[Any]:
    data = text.encode() if isinstance(text, str) else text
    return list(dump_rows(BytesIO(data), lambda name: name == "a"))


def rows(text: str | bytes) -> list[list[Cell]]:
    return [piece.cells for piece in pieces(text) if isinstance(piece, DumpRow)]


def unread(text: str) -> list[tuple[int, str]]:
    return [tuple(piece) for piece in pieces(text) if isinstance(piece, UnreadPiece)]


@pytest.mark.parametrize(("text", "expected"), WRITINGS, ids=range(len(WRITINGS)))
@pytest.mark.parametrize("before", ["", "\ufeff"], ids=["plain", "mark"])
def test_writings(text: str, expected: list[list[Cell]], before: str) -> None:
    assert rows(before + text) == expected
    assert unread(text) == []


@pytest.mark.parametrize("size", [1, 65_400, 65_536, 300_000])
def test_a_row_wherever_a_reading_is_cut(size: int) -> None:
    text = "l\\'ami " * (size // 7)
    values = ",".join(f"({n},'{text}')" for n in range(3))
    expected = text.replace("\\", "")
    found = rows(CREATED + f"INSERT INTO a VALUES {values};")
    assert found == [[n, expected] for n in range(3)]


FAULTS = [
    (CREATED + "INSERT INTO a VALUES (1,'a'),(2,'b", [[1, "a"]], 2, "coupée"),
    (CREATED + "INSERT INTO a VALUES (1,'a'),", [[1, "a"]], 2, "coupée"),
    (PG + "COPY public.a (n, t) FROM stdin;\n1\ta\n", [["1", "a"]], 8, "coupée"),
    ("-- MySQL dump 10.13\n" + CREATED + "INSERT INTO a VALUES (1,'a');\n", [[1, "a"]], 4,
     "coupée"),
    (CREATED + "INSERT INTO a VALUES (1,'a'),(2,3,4),(5,'b');", [[1, "a"], [5, "b"]], 2,
     "3 valeurs pour 2 colonnes"),
    (CREATED + "INSERT INTO a VALUES (1,SELECT 2);\nINSERT INTO a VALUES (3,'b');", [[3, "b"]],
     2, "n'est pas comprise"),
    ("INSERT INTO a VALUES (1,'a');\n", [], 1, "sans les noms de ses colonnes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "line", "reason"), FAULTS, ids=range(len(FAULTS)))
def test_what_is_not_read_is_told(
    text: str, expected: list[list[Cell]], line: int, reason: str
) -> None:
    assert rows(text) == expected
    [(at, sentence)] = unread(text)
    assert at == line
    assert reason in sentence


def test_bytes_that_are_no_utf8_are_windows_own() -> None:
    assert rows((CREATED + "INSERT INTO a VALUES (1,'été');").encode("cp1252")) == [[1, "été"]]


def test_columns_are_told_of_every_table() -> None:
    text = (
        "CREATE TABLE `b` (`e` enum('x,y','(') DEFAULT 'x' COMMENT 'k, (', `d` decimal(5,2),\n"
        "  `g` int GENERATED ALWAYS AS (`d` * 2), UNIQUE KEY `u` (`e`,`d`), CONSTRAINT `c` CHECK"
        " (`d` > 0));\nINSERT INTO `c` (`un`, `deux`) VALUES (1,2);\nINSERT INTO `d` VALUES (1);"
    )
    assert [tuple(table) for table in dump_tables(BytesIO(text.encode()))] == [
        ("b", ("e", "d", "g")),
        ("c", ("un", "deux")),
        ("d", ()),
    ]


DUMPS = [
    "-- MySQL dump 10.13", "-- MariaDB dump 10.19", "/*M!999999\\- enable the sandbox mode */ ",
    "-- phpMyAdmin SQL Dump", "-- Adminer 4.8.1 MySQL 8.0 dump", "--\n-- PostgreSQL database dump",
    "# WordPress MySQL database backup", "PRAGMA foreign_keys=OFF;", "SET NAMES utf8mb4;",
    "/*\n Navicat Premium Data Transfer\n*/\n\nSET NAMES utf8mb4;", "DROP TABLE IF EXISTS a;",
    "-- --------\n-- Hôte : localhost\n-- HeidiSQL\n\n/*!40101 SET NAMES utf8 */;",
    "# Sequel Ace SQL dump\n# Version 20\n\nSET FOREIGN_KEY_CHECKS = 0;", "USE `blog`;",
    "INSERT INTO wp_posts VALUES (1);", "COPY public.a (n) FROM stdin;",
]  # fmt: skip
TEXTS = [
    "# Titre\n\nUn article.", "-- Un tiret\n\nSet de table", "Create a table", "Insert coin",
    "# Sora\n\nSET est un dieu", "BEGIN\n", "/* style */ body {}", "<!-- MySQL dump -->",
]  # fmt: skip


@pytest.mark.parametrize("head", DUMPS)
def test_dumps_are_known(head: str) -> None:
    assert is_dump(head.encode())
    assert is_dump(b"\xef\xbb\xbf" + head.encode())


@pytest.mark.parametrize("head", TEXTS)
def test_texts_are_no_dumps(head: str) -> None:
    assert not is_dump(head.encode())


def test_the_work_is_in_proportion(in_proportion: Any) -> None:
    def dump(count: int) -> bytes:
        values = ",".join(f"({n},'l\\'ami ; {n}')" for n in range(count))
        # a table that nobody wants is gone through too
        others = values.replace("l\\'", "d\\'")
        created = CREATED + CREATED.replace("`a`", "`b`")
        return (created + f"INSERT INTO a VALUES {values};INSERT INTO b VALUES {others};").encode()

    def prepare(count: int) -> Any:
        data = dump(count)
        return lambda: rows(data)

    in_proportion(prepare, 1000)
