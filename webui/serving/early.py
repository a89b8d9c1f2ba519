"""How is the beginning of a page sent before the rest of it is made? ("flush early")

A browser fetches the style and the scripts, and shows how much was found, while passages are cut.
A page that was begun can no longer become a refusal: the engine has answered, and what is left
only works on what it gave. Should that fail all the same, the server logs it and cuts the
connection, before the chunk that ends an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import takewhile
from typing import Any

from flask import Response, current_app, request
from markupsafe import Markup

# What a template writes where its page is cut. Nobody's text can be it: it would be escaped.
FLUSH = Markup("<!-- flush -->")


class EarlyPage(Response):
    """A page in two pieces: the second is made once the first is sent."""

    def __init__(self, beginning: str, remaining: Iterator[str]) -> None:
        super().__init__()
        self._beginning = beginning.encode()
        self._remaining = remaining

    def send_early(
        self,
        turn: Callable[[], AbstractContextManager[None]],
        keep: Callable[[bytes], None],
    ) -> None:
        """Make the rest in a turn of its own, then `keep` the whole.

        No turn is held while a client takes the beginning, or takes nothing of it.
        """

        def pieces() -> Iterator[bytes]:
            yield self._beginning
            with turn():
                end = "".join(self._remaining).encode()
            keep(self._beginning + end)
            yield end

        self.response = pieces()


def page(template: str, **context: Any) -> Response:
    """A page, its beginning alone made where it can be sent so.

    It is what the template writes before `FLUSH`. Before HTTP/1.1, nothing tells a client that a
    page was cut short: it gets it whole, and so does who asks for its headers alone.
    """
    app = current_app
    app.update_template_context(context)
    pieces = app.jinja_env.get_template(template).generate(context)
    beginning = "".join(takewhile(FLUSH.__ne__, pieces))
    if request.method == "HEAD" or request.environ["SERVER_PROTOCOL"] != "HTTP/1.1":
        return Response(beginning + "".join(pieces))
    return EarlyPage(beginning, pieces)
