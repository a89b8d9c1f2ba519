"""Is what must not be read refused by its name, and does nothing of it reach an index?

What each archive holds is told by its program: Discourse's `export_user_archive.rb` (3.4: the
messages of a member are rows like the others, with `is_pm` true), Mastodon's `outbox.json`
(4.3: direct messages have no mark of their own, only who they are `to`), Facebook's and
Instagram's (2024), Ghost's (5.x: no comments, but drafts and what is for members only).
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.pipeline.sources import open_file, read
from indexer.reporting import Skipped
from tests.indexer.refused.refused_files import CSV, JSON, OTHERS, SECRET

FILES = [
    *((name, f"{first}\n{SECRET},{SECRET}\n".encode()) for name, first in CSV),
    *((name, json.dumps(value).encode()) for name, value in JSON),
    *OTHERS,
]


@pytest.mark.parametrize(("program", "data"), FILES, ids=range(len(FILES)))
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_refused_by_name(program: str, data: bytes, pack: Any, tmp_path: Path) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(pack(data))
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert program in skipped.reason
    assert SECRET not in skipped.reason


NOT_REFUSED = {
    # Internet Explorer, and extensions of Firefox: the headers of a message that nobody sent
    "mhtml": b"From: <Saved by Windows Internet Explorer 11>\nSubject: A\nDate: Sat, 2 Mar 2024 "
    b'18:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";'
    b'\n\tboundary="b"\n\n--b\nContent-Type: text/html\n\n<p>Le bac.</p>\n--b--\n',
    "jsonl": b'{"headline": "A", "comments": [{"text": "B", "points": 1, "parent_id": null}],'
    b' "children": []}',
    "page": b"04/03/2024, 10:22 - Alice ouvre le bal.\nLe bac part.\nIl revient.\n",
    "html": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>Le JATS (NLM)',
    # what is collected of public networks, and letters that were published
    "csv": b"id,subreddit,author,body,created_utc,score\n1,france,Zoe,Le bac.,1709540520,2\n",
    "markdown": b"---\ntitle: Le bac\n---\n\nDocument interne\n412 mots\n",
}


TABLES = [
    "Expéditeur;Destinataire;Date;Titre;Texte\nZoé;Yann;04/03/1824;Le bac;Il part.\n",
    "timestamp,content,attachments,url,title\n2024-03-04,Il part.,,https://a.example/1,Le bac\n",
    "Company,Job Title,Title,Text\nA,B,Le bac,Il part.\n",
    "First Name,Last Name,Company,Job Title,Title,Text\nA,B,C,D,Le bac,Il part.\n",
    "id,authorId,title,content,attachments\n1,2,Le bac,Il part.,\n",
    "De;À;Contenu\n02/03/2024;5 mars;Il part.\n",
    "from,to,text,speaker\n00:00:01,00:00:04,Il part.,Zoé\n",
]


@pytest.mark.parametrize("table", TABLES)
def test_tables_that_only_look_like_an_accounts_are_read(table: str, tmp_path: Path) -> None:
    path = tmp_path / "fichier.csv"
    path.write_text(table, "utf-8")
    [article] = (outcome for outcome in read([path]) if isinstance(outcome, Article))
    assert article.sections[0].text.endswith("part.")


MESSAGES = "Expéditeur;Destinataire;Texte\nZoé;Yann;Secret.\n"


@pytest.mark.parametrize(
    "data",
    [
        MESSAGES.encode("cp1252"),
        MESSAGES.encode("utf-8-sig"),
        MESSAGES.encode("utf-16"),
        MESSAGES.replace(";", "|").encode(),
        f"sep=;\r\n{MESSAGES}".encode(),
    ],
    ids=["Windows-1252", "mark of order", "UTF-16", "bars", "sep="],
)
def test_private_messages_are_refused_however_they_are_written(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "fichier.csv"
    path.write_bytes(data)
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "d’une personne à une autre" in skipped.reason


LETTERS = [
    "Numéro d'article;Expéditeur;Destinataire;Message;Auteur du commentaire\n7;a;b;Il part.;Zoé\n",
    "article_title,id,sender,recipient,text,author\nLe bac,1,a,b,Il part.,Zoé\n",
    "post_id,from,to,body,author\n7,a,b,Il part.,Zoé\n",
    "author,body,subreddit,gildings,link_id,parent_id\nZoé,Il part.,france,0,t3_a,t3_a\n",
]


@pytest.mark.parametrize("table", LETTERS)
def test_what_answers_an_article_is_no_private_message(table: str, tmp_path: Path) -> None:
    path = tmp_path / "fichier.csv"
    path.write_text(table, "utf-8")
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "csv"


@pytest.mark.parametrize("name", NOT_REFUSED)
def test_what_only_looks_like_it_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(NOT_REFUSED[name])
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == name


def test_a_page_of_word_is_no_table_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "fichier"
    office = "urn:schemas-microsoft-com:office"
    path.write_text(f'<html xmlns:w="{office}:word" xmlns:x="{office}:excel"><body><p>Le bac.')
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "html"


def test_what_to_export_instead_is_said(tmp_path: Path) -> None:
    path = tmp_path / "user_archive.csv"
    path.write_text(CSV[0][1] + "\n", "utf-8")
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "archive d'un membre de Discourse : elle contient des messages privés" in skipped.reason
    assert "sujet public" in skipped.reason


def test_json_of_an_unknown_program_tells_its_members(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text('[{"ident": 1, "corps": "Rambutan", "quand": "hier"}]', "utf-8")
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "programme inconnu" in skipped.reason
    assert "ident, corps, quand" in skipped.reason
    assert SECRET not in skipped.reason


@pytest.mark.parametrize(
    "members", ['"articles": [{"titre": "Rambutan"}]', '"data": [{"corps": "a"}], "meta": {}']
)
def test_few_members_that_hold_nothing_but_lists_are_a_programs(
    members: str, tmp_path: Path
) -> None:
    path = tmp_path / "export.json"
    path.write_text(f"{{{members}}}", "utf-8")
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "programme inconnu" in skipped.reason


def test_a_faulty_article_is_told_of_by_its_own_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": "a", "url": "u", "sections": []}', "utf-8")
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "jsonl"


def test_a_mail_about_letters_from_somewhere_is_one(tmp_path: Path) -> None:
    path = tmp_path / "mail.txt"
    path.write_text("From: zoe@a.example\nSubject: Letters From Sora\nDate: 3 Mar 2024\n\nOui.\n")
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "courriels" in skipped.reason
