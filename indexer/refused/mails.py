"""Does a file begin as a mail does, or as a message of Usenet?"""

from __future__ import annotations

import re

_HEADERS = re.compile(rb"(?:[A-Za-z][\w-]{0,60}:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*+)++")
_MBOX = re.compile(rb"\AFrom [^\n]{1,200}\n")
_HEADER = re.compile(rb"(?m)^([A-Za-z][\w-]{0,60}):")
_MAIL = re.compile(
    rb"(?:From \S+ .{10,60}\d{4}\r?\n[A-Z][\w-]+:|(?:Return-Path|Delivered-To|Received): )"
    rb"|(?i:(?:(?:from|to|cc|subject|date|mime-version|message-id|reply-to|content-type"
    rb"|content-transfer-encoding|x-[\w-]+): [^\n]*\n(?:[ \t][^\n]*\n)*+){4})"
)
_SENT = {b"to", b"cc", b"received", b"message-id", b"delivered-to", b"return-path", b"reply-to"}
_SENT |= {b"dkim-signature", b"authentication-results", b"arc-seal"}


def is_mail(head: bytes) -> bool:
    """Return whether it is an e-mail; a page saved as MHTML has no reader, and was not sent.

    >>> is_mail(b"From: <Saved by Blink>\\nSubject: A\\nDate: x\\nMIME-Version: 1.0\\n"
    ...     b"Content-Type: multipart/related;\\n boundary=b\\n\\n")
    False
    """
    names = _header_names(head)
    page = b"multipart/related" in head[:4096].lower() or b"content-location" in names
    if page and not names & _SENT:
        return False
    has_headers = {b"from", b"subject"} <= names and names & {b"date", b"mime-version", *_SENT}
    return bool(has_headers) or _MAIL.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def _header_names(head: bytes) -> set[bytes]:
    """The names of the headers that a file begins with, below the line that begins a mbox."""
    block = _HEADERS.match(_MBOX.sub(b"", head.lstrip(), count=1))
    return {name.lower() for name in _HEADER.findall(block[0])} if block else set()


def is_usenet(head: bytes) -> bool:
    """Return whether it is a message of Usenet, or a mbox of them."""
    return b"newsgroups" in _header_names(head)
