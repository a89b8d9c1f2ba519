"""Does `glose alert` tell what is new, once, and only that?"""

from __future__ import annotations

import email
import json
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index import engines
from index.record import Record
from index.writing import writing
from webui.alerts.command import alert_command
from webui.alerts.files import alone

BEFORE, LATER, LAST = 1_733_000_000, 1_733_100_000, 1_733_200_000
QUESTIONS = """
[[question]]
name = "NDA"
q = "nda"

[[question]]
name = "Zoé"
q = "artistes"
in = "comments"
commenter = ["Zoé"]
"""


class Place:
    """An index, a file of questions, and what the command says of them."""

    def __init__(self, folder: Path, records: list[Record]) -> None:
        self.folder = folder
        self.records = list(records)
        self.index = str(folder / "sora.index")
        self.questions = folder / "veille.toml"
        self.state = folder / "veille.state.json"
        self.questions.write_text(QUESTIONS)
        self.write(BEFORE)

    def write(self, seen: int, *texts: str, author: str = "Zoé") -> None:
        for text in texts:
            n = len(self.records) + 100
            self.records.append(
                replace(self.records[-1], id=f"demo:sora#comment-{n}", anchor=f"comment-{n}",
                        position=n, text=text, author=author, quotes=(), parent=None)
            )  # fmt: skip
        engine = engines.open(self.index, create=True)
        writing.write(engine, [self.records], seen=seen)
        engine.close()

    def run(self, *options: str) -> Result:
        return CliRunner().invoke(
            alert_command, [str(self.questions), "--index", self.index, *options]
        )

    def news(self, *options: str) -> dict[str, list[str]]:
        """Question → texts of what is new."""
        result = self.run("--json", *options)
        assert result.exit_code == 0, result.output
        return {
            question["name"]: [passage["snippets"][0]["text"] for passage in question["passages"]]
            for question in json.loads(result.output)["questions"]
        }


@pytest.fixture
def place(tmp_path: Path, sora_records: list[Record]) -> Place:
    return Place(tmp_path, sora_records)


def test_the_first_time_tells_nothing_and_the_next_only_the_new(place: Place) -> None:
    first = place.run()
    assert first.exit_code == 0
    assert "NDA\xa0: 2 passages y répondent déjà" in first.output
    assert place.news() == {"NDA": [], "Zoé": []}
    place.write(LATER, "ce NDA est nul", "les artistes signent")
    assert place.news() == {"NDA": ["ce NDA est nul"], "Zoé": ["les artistes signent"]}
    assert place.news() == {"NDA": [], "Zoé": []}


def test_a_title_is_told_as_one(place: Place) -> None:
    lead = place.records[0]
    about = replace(lead.about, id="demo:nda", title="La fin du NDA")
    head = replace(lead, id="demo:nda#lead", about=about, heading=about.title, text="", quotes=())
    place.run()
    engine = engines.open(place.index)
    writing.write(engine, [[head]], seen=LATER)
    engine.close()
    news = place.run().output
    assert "    Titre, " in news
    assert "Chapô" not in news


def test_dates_the_wrong_way_round_are_swapped_and_said_once(place: Place) -> None:
    place.questions.write_text(
        '[[question]]\nname = "NDA"\nq = "nda"\nfrom = "2025"\nto = "2020"\n'
    )
    assert "elles ont été échangées" in (first := place.run().output)
    assert "2 passages y répondent" in first
    assert "échangées" not in place.run().output


def test_a_run_that_goes_on_after_it_was_read_loses_nothing(place: Place) -> None:
    place.news()
    place.write(LATER, "un NDA")
    assert place.news()["NDA"] == ["un NDA"]
    # the same run, committed again: its passages have the same date of first sight
    place.write(LATER, "deux NDA")
    assert place.news()["NDA"] == ["deux NDA"]
    assert place.news()["NDA"] == []


def test_what_was_edited_is_not_new_and_what_came_back_is(place: Place) -> None:
    place.news()
    place.records[3] = replace(place.records[3], text="Le NDA interdit beaucoup.", edited=True)
    place.write(LATER)
    assert place.news()["NDA"] == []
    edited, place.records[4:5] = place.records[4], []
    place.write(LATER + 1)
    place.records.insert(4, edited)
    place.write(LAST)
    assert place.news()["NDA"] == ["Ce NDA ne tient pas."]


@pytest.mark.parametrize("seen", [BEFORE, LATER])
def test_what_a_site_numbers_anew_is_not_new(place: Place, seen: int) -> None:
    place.news()
    place.records[3:] = [
        replace(record, id=f"demo:sora#comment-9{n}", anchor=f"comment-9{n}", parent=None)
        for n, record in enumerate(place.records[3:])
    ]
    place.write(seen)
    assert place.news() == {"NDA": [], "Zoé": []}
    place.write(seen, "un autre NDA")
    assert place.news()["NDA"] == ["un autre NDA"]


def test_a_question_that_changes_begins_again(place: Place) -> None:
    place.news()
    place.questions.write_text(QUESTIONS.replace('q = "nda"', 'q = "travail"'))
    place.write(LATER, "un travail, un NDA")
    output = place.run().output
    assert "y répondent déjà" in output
    assert "un travail" not in output


def test_relative_dates_stay_relative(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import datetime

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2024, 12, 4, 12, tzinfo=tz)

    monkeypatch.setattr("webui.alerts.command.datetime", Clock)
    place.questions.write_text('[[question]]\nq = "oui depuis:hier"')
    # the comment that says "oui" is of the 4th
    assert "1 passage y répond déjà" in place.run().output
    assert "depuis%3Ahier" in place.state.read_text()
    monkeypatch.setattr(Clock, "now", classmethod(lambda cls, tz: datetime(2024, 12, 9, tzinfo=tz)))
    place.write(LATER, "oui oui")
    assert place.news() == {"oui depuis:hier": []}


def test_all_tells_everything(place: Place) -> None:
    assert len(place.news("--all")["NDA"]) == 2
    assert place.news() == {"NDA": [], "Zoé": []}


def test_a_dry_run_remembers_nothing(place: Place) -> None:
    place.run()
    place.write(LATER, "ce NDA est nul")
    before = place.state.read_bytes()
    for _ in range(2):
        assert place.news("--dry-run")["NDA"] == ["ce NDA est nul"]
    assert place.state.read_bytes() == before


def test_text_says_where_and_by_whom(place: Place) -> None:
    place.questions.write_text('address = "https://demo.example/glose"\n' + QUESTIONS)
    place.run()
    place.write(LATER, "ce NDA est nul")
    output = place.run().output
    assert "NDA\xa0: 1 nouveau passage" in output
    assert "Sora : des artistes dénoncent" in output
    assert "Commentaire de Zoé, 4\xa0décembre 2024" in output
    assert "https://demo.example/glose/article/demo:sora?q=nda#comment-108" in output
    assert "Zoé\xa0: rien de nouveau" in output


def test_a_flood_is_counted(place: Place) -> None:
    place.run()
    place.write(LATER, *(f"NDA numéro {n}" for n in range(130)))
    output = place.run("--dry-run").output
    assert "NDA\xa0: 130 nouveaux passages" in output
    assert "… et 30 autres" in output
    assert len(place.news()["NDA"]) == 100


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "aucune question"),
        ("question = 3", "aucune question"),
        ("[[question]]\nname = ''", "ni q ni name"),
        ("[[question]]\nq = 'a'\ncommentor = 'Zoé'", "« commentor » de la question 1"),
        ("[[question]]\nq = 'a'\nin = 'partout'", "in vaut « partout »"),
        ("[[question]]\nq = 'a'\nfrom = 'jamais'", "from vaut « jamais »"),
        ("[[question]]\nq = 'a'\n[[question]]\nq = 'a'", "deux questions se nomment"),
        ("address = 'javascript:alert(1)'\n[[question]]\nq = 'a'", "http ou https"),
        ("\ufeff[[question]]\nname = ''", "ni q ni name"),
        ("[[question]]\nq : 'a'", ", ligne 2 : "),
        ("[[question]]\nq = 'a'\n[mail]\nto = 'a@b.fr'", "from est une adresse"),
        ("[[question]]\nq = 'a'\n[mail]\nto = 'a'\nfrom = 'a@b.fr'", "to est une adresse"),
        ("[[question]]\nq = 'a'\n[mail]\npassword = 'secret'", "« password » n’est pas connu"),
        ("[[question]]\nq = 'a'\n[mail]\nto = 'a@b.fr\\nBcc: x@y.fr'\nfrom = 'a@b.fr'", "to est"),
    ],
)
def test_a_file_that_is_wrong_is_one_sentence(place: Place, text: str, sentence: str) -> None:
    place.questions.write_text(text.replace("'a@b.fr\\n", '"a@b.fr\\n').replace("y.fr'", 'y.fr"'))
    result = place.run()
    assert result.exit_code == 2
    assert result.output.startswith("glose : ")
    assert sentence in result.output
    assert not place.state.exists()


def test_a_state_that_is_damaged_is_not_a_first_time(place: Place) -> None:
    for state_text in ("", "{", "[]", '{"version": 9}', '{"version": 1, "questions": {"NDA": 3}}'):
        place.state.write_text(state_text)
        result = place.run()
        assert result.exit_code == 2, state_text
        assert "Sans lui tout recommence" in result.output
        assert place.state.read_text() == state_text


def test_missing_files_are_sentences(place: Place) -> None:
    place.questions.unlink()
    assert place.run().exit_code == 2
    place.questions.write_text(QUESTIONS)
    result = place.run("--state", str(place.folder / "nowhere" / "state.json"))
    assert result.exit_code == 1
    assert "Rien n’est dit" in result.output
    assert len(result.output.splitlines()) == 1


def test_two_runs_at_once_tell_once(place: Place) -> None:
    place.news()
    place.write(LATER, "un NDA de plus")
    with alone(place.state):
        result = place.run()
        assert result.exit_code == 1
        assert "sert déjà à un autre « glose alert »" in result.output
        # what remembers nothing may be asked at any time
        assert place.news("--dry-run")["NDA"] == ["un NDA de plus"]
        assert place.run("--state", str(place.folder / "autre.json")).exit_code == 0
    assert place.news()["NDA"] == ["un NDA de plus"]
    assert place.news()["NDA"] == []


def test_a_run_that_died_holds_nothing(place: Place) -> None:
    die = (
        "import os, sys; from pathlib import Path; from webui.alerts.files import alone\n"
        "with alone(Path(sys.argv[1])): os._exit(9)"
    )
    process = subprocess.run([sys.executable, "-c", die, str(place.state)], check=False)
    assert process.returncode == 9
    assert place.run().exit_code == 0


def test_synonyms_are_those_of_the_page(place: Place) -> None:
    synonyms_path = place.folder / "synonymes.txt"
    synonyms_path.write_text("nda, clause de silence\n")
    place.news("--synonyms", str(synonyms_path))
    place.write(LATER, "Une clause de silence, donc.")
    assert place.news("--dry-run")["NDA"] == []
    assert place.news("--synonyms", str(synonyms_path))["NDA"] == ["Une clause de silence, donc."]


class Post(socketserver.StreamRequestHandler):
    """Just enough of SMTP (RFC 5321) to take a message, or to refuse it."""

    def handle(self) -> None:
        box: Any = self.server
        self.wfile.write(b"220 demo.example\r\n")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"EHLO":
                self.wfile.write(b"250-demo.example\r\n250 8BITMIME\r\n")
            elif verb == b"RCPT" and box.refusing:
                self.wfile.write(b"550 nobody here\r\n")
            elif verb == b"RCPT":
                box.recipients.append(line.split(b":", 1)[1].strip().decode())
                self.wfile.write(b"250 ok\r\n")
            elif verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                box.messages.append(email.message_from_bytes(b"".join(lines), policy=default))
                self.wfile.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


class Box(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refusing = False

    def table(self, **options: object) -> str:
        port = self.server_address[1]
        lines = {"to": ["moi@demo.example", "toi@demo.example"], "from": "glose@demo.example",
                 "server": "127.0.0.1", "port": port, "security": "none", **options}  # fmt: skip
        return "\n[mail]\n" + "\n".join(f"{k} = {json.dumps(v)}" for k, v in lines.items())


@pytest.fixture
def box() -> Iterator[Box]:
    with Box() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_mail_goes_when_there_is_something_new(place: Place, box: Box) -> None:
    place.questions.write_text(QUESTIONS + box.table())
    assert place.run("--mail").output == ""
    assert box.messages == []
    place.write(LATER, "ce NDA est nul\n.\n<b>et Bcc: x@y.example</b>", author="Eve\r\nBcc: x")
    result = place.run("--mail")
    assert (result.exit_code, result.output) == (0, "")
    (message,) = box.messages
    assert box.recipients == ["<moi@demo.example>", "<toi@demo.example>"]
    assert message["Subject"] == "Glose\xa0: 1 nouveau passage (NDA)"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Bcc"] is None
    assert message["Message-ID"].endswith("@demo.example>")
    assert message.get_content_type() == "text/plain"
    assert "ce NDA est nul . <b>et Bcc: x@y.example</b>" in message.get_content()
    place.run("--mail")
    assert len(box.messages) == 1


def test_mail_that_is_refused_is_told_again(place: Place, box: Box) -> None:
    place.questions.write_text(QUESTIONS + box.table())
    place.run("--mail")
    place.write(LATER, "ce NDA est nul")
    box.refusing = True
    result = place.run("--mail")
    assert result.exit_code == 1
    assert "n’a pas pris le message" in result.output
    assert "Traceback" not in result.output
    box.refusing = False
    assert place.run("--mail").exit_code == 0
    assert len(box.messages) == 1


def test_a_dry_run_sends_nothing(place: Place, box: Box) -> None:
    place.questions.write_text(QUESTIONS + box.table())
    assert "2 nouveaux passages" in place.run("--mail", "--all", "--dry-run").output
    assert box.messages == []


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"security": "starttls"}, "n’a pas pris le message"),
        ({"user": "moi"}, "Il manque le mot de passe"),
        ({"user": "moi", "password_file": "/nowhere/at/all"}, "n’a pas pris le message"),
        ({"port": 1}, "n’a pas pris le message"),
    ],
)
def test_a_server_that_is_not_what_was_said_is_one_sentence(
    place: Place, box: Box, options: dict[str, object], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLOSE_SMTP_PASSWORD", raising=False)
    place.questions.write_text(QUESTIONS + box.table(**options))
    result = place.run("--mail", "--all")
    assert result.exit_code == 1
    assert text in result.output
    assert "ce sera redit" in result.output
    assert box.messages == []
    assert not place.state.exists()


def test_mail_needs_its_table(place: Place) -> None:
    assert place.run("--mail").exit_code == 2


def test_questions_that_left_are_forgotten(place: Place) -> None:
    place.run()
    place.questions.write_text('[[question]]\nq = "travail"')
    place.run()
    assert list(json.loads(place.state.read_text())["questions"]) == ["travail"]


def test_the_command_is_at_the_front_door(place: Place, run_glose: Callable[..., Result]) -> None:
    result = run_glose("alert", str(place.questions), "--index", place.index)
    assert result.exit_code == 0
    assert run_glose("alert", str(place.questions), "--index", "/nowhere").exit_code == 1
