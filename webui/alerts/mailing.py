"""How does a message leave by the mail server its reader gave?"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any, Literal

PASSWORD = "GLOSE_SMTP_PASSWORD"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SECONDS = 30


class MailSettingsError(ValueError):
    """What a table [mail] lacks; the message is a French sentence."""


class DeliveryError(Exception):
    """The message was not taken; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The address that news are sent to, and the server that sends them.

    >>> Mail.read({"to": "moi@exemple.fr", "from": "glose@exemple.fr", "server": "localhost"}).port
    587
    """

    to: tuple[str, ...]
    sender: str
    server: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: str = ""

    @classmethod
    def read(cls, table: Any) -> Mail:
        """A table of the questions' file. Raises MailSettingsError."""
        if not isinstance(table, Mapping):
            raise MailSettingsError("c’est une table.")
        keys = ("to", "from", "server", "port", "security", "user", "password_file")
        if unknown := next((name for name in table if name not in keys), None):
            # a password written here would be read by whoever reads the questions
            raise MailSettingsError(f"« {unknown} » n’est pas connu ; il y a {', '.join(keys)}.")
        to = table.get("to", [])
        to = [to] if isinstance(to, str) else to
        sender, server = table.get("from"), table.get("server")
        if not isinstance(to, list) or not to or not all(map(_is_address, to)):
            raise MailSettingsError("to est une adresse, ou une liste d’adresses.")
        if not _is_address(sender):
            raise MailSettingsError("from est une adresse.")
        if not isinstance(server, str) or not server:
            raise MailSettingsError("server est le nom d’un serveur d’envoi.")
        security = table.get("security", "starttls")
        if security not in _PORTS:
            raise MailSettingsError(f"security est l’un de : {', '.join(_PORTS)}.")
        port = table.get("port", _PORTS[security])
        if not isinstance(port, int) or not 0 < port < 65536:
            raise MailSettingsError("port est un nombre de 1 à 65535.")
        return cls(
            tuple(to), str(sender), server, port, security,
            str(table.get("user", "")), str(table.get("password_file", "")),
        )  # fmt: skip

    def send(self, subject: str, text: str) -> None:
        """One message to everybody. Raises DeliveryError; then nobody may have had it."""
        message = EmailMessage()
        message["Subject"] = re.sub(r"[\r\n]+", " ", subject)
        message["From"] = self.sender
        message["To"] = ", ".join(self.to)
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        # no machine should answer a machine
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, cte="quoted-printable")
        try:
            with self._line() as line:
                if self.user:
                    line.login(self.user, self._password())
                line.send_message(message)
        except (OSError, smtplib.SMTPException, MessageError) as error:
            raise DeliveryError(
                f"{self.server}:{self.port} n’a pas pris le message ({_answer(error)})."
            ) from error

    def _line(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.server, self.port, timeout=_SECONDS, context=context)
        line = smtplib.SMTP(self.server, self.port, timeout=_SECONDS)
        if self.security == "starttls":
            try:
                line.starttls(context=ssl.create_default_context())
            except BaseException:
                line.close()
                raise
        return line

    def _password(self) -> str:
        if self.password_file:
            return Path(self.password_file).read_text("utf-8").rstrip("\r\n")
        if PASSWORD in os.environ:
            return os.environ[PASSWORD]
        raise DeliveryError(
            f"Il manque le mot de passe de « {self.user} » : password_file, ou ${PASSWORD}."
        )


def _is_address(text: Any) -> bool:
    """
    >>> _is_address("moi@exemple.fr"), _is_address("moi"), _is_address("a@b\\nBcc: c@d")
    (True, False, False)
    """
    if not isinstance(text, str):
        return False
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError, MessageError):
        return False
    return bool(address.username and address.domain)


def _answer(error: Exception) -> str:
    """Return the server's answer in words, not as bytes."""
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        return f"{error.smtp_code} {' '.join(text.split())}"
    return " ".join(str(error).split()) or type(error).__name__
