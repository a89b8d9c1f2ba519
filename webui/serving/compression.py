"""Which answers are sent smaller, to who can read them so?

Those that are whole, and pages and tables of CSV in pieces, each of which can be read as soon as it
comes.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.wsgi import FileWrapper

from webui.serving.early import EarlyPage

# Below so many bytes, nothing is gained.
_LEAST = 1_000
# Beyond level 5, pages are hardly smaller, and take twice the time.
_LEVEL = 5
_TEXTS = frozenset({
    "text/html", "text/css", "text/csv", "text/javascript", "application/javascript",
    "application/json", "application/x-suggestions+json", "application/problem+json",
    "application/atom+xml", "application/opensearchdescription+xml", "image/svg+xml",
})  # fmt: skip


def compress(app: Flask) -> None:
    """Have the application's texts sent in gzip where it is accepted."""

    @app.after_request
    def smaller(response: Response) -> Response:
        file = response.direct_passthrough
        in_pieces = isinstance(response, EarlyPage) or response.mimetype == "text/csv"
        if (
            response.mimetype not in _TEXTS
            or response.status_code in (204, 206)
            or "Content-Encoding" in response.headers
            or (response.is_streamed and not file and not in_pieces)
        ):
            return response
        response.vary.add("Accept-Encoding")
        if (
            # a cache that revalidates takes its headers from it (RFC 9110, 15.4.5)
            response.status_code == 304
            or request.accept_encodings["gzip"] <= 0
            or "Range" in request.headers
        ):
            return response
        if in_pieces:
            response.response = _in_pieces(response.iter_encoded())
        else:
            response.direct_passthrough = False
            source = response.response
            body = response.get_data()
            if isinstance(source, FileWrapper):
                source.close()
            if len(body) < _LEAST:
                return response
            response.set_data(_cached_gzip(body) if file else _gzip(body))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
        tag, _ = response.get_etag()
        if tag is not None:
            # the same words in other bytes
            response.set_etag(tag, weak=True)
        return response


def _gzip(body: bytes) -> bytes:
    # the same bytes whatever the hour
    return gzip.compress(body, _LEVEL, mtime=0)


def _in_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, wbits=16 + zlib.MAX_WBITS)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


_cached_gzip = lru_cache(maxsize=32)(_gzip)
