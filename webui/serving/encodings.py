"""Which parameters does an address hold, whatever encoding it was written in?"""

from __future__ import annotations

from urllib.parse import parse_qsl

import flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property


class Request(flask.Request):
    """A request whose accents are read, also from a form on a page that is not in UTF-8.

    A browser sends `q=caf%E9` from a page in ISO-8859-1 or Windows-1252, as many old sites are;
    werkzeug (3.1) would make it the text `caf%E9`.
    """

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        query = self.query_string.decode("latin-1")
        pairs = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
        return ImmutableMultiDict((_text(name), _text(value)) for name, value in pairs)


def _text(letters: str) -> str:
    """The text of some bytes, each given as a letter of latin-1.

    >>> _text("cafÃ©"), _text("café \\x9cuvre"), _text("\\x81")
    ('café', 'café œuvre', '\\x81')
    """
    for encoding in ("utf-8", "windows-1252"):
        try:
            return letters.encode("latin-1").decode(encoding)
        except UnicodeDecodeError:
            continue
    return letters
