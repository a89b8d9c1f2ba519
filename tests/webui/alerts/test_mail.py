"""Does `glose alert --mail` send what is new, once?"""

from __future__ import annotations

import email
import json
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from tests.webui.alerts.alert_place import LATER, QUESTIONS, Place


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
