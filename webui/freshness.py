"""Has anything changed since a reader last asked this?

An answer depends on the state of the index, the address, the language, this program, its
synonyms and, for questions such as "hier", the day: that is its ETag, known before any work is
done.
"""

from __future__ import annotations

import hashlib

from flask import Response, current_app, request

from index.engines import Reader
from webui.exports import TYPES
from webui.openapi import version
from webui.problems import tongue

MAX_AGE = 60


def tag(reader: Reader) -> str:
    """The entity tag of the present request, without its quotes.

    An index that takes the place of another may be of the same generation, never of the same time.
    """
    zone = current_app.config["ZONE"]
    day = current_app.config["CLOCK"]().astimezone(zone).date().isoformat()
    pairs = sorted(request.args.items(multi=True), key=lambda pair: pair[0])
    accepted = request.headers.get("Accept") if _typed_as_asked() else None
    parts = (
        *(reader.generation, reader.updated, current_app.extensions["synonyms"], version(), day),
        *(request.host, request.script_root, request.path, pairs, tongue().language, accepted),
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:20]


def unchanged(reader: Reader) -> Response | None:
    """A 304 when the reader already holds this answer, else None."""
    if request.if_none_match.contains_weak(tag(reader)):
        # of the type of the answer, by which it is known what the answer depends on
        mimetype = next(
            (kind for face, kind in TYPES.items() if face and request.path.endswith(face)), None
        )
        return stamped(Response(status=304, mimetype=mimetype), reader)
    return None


def stamped(response: Response, reader: Reader) -> Response:
    """The answer with what a cache needs to know. The tag is weak: timings in it differ."""
    response.set_etag(tag(reader), weak=True)
    if _typed_as_asked():
        response.vary.add("Accept")
    return spoken(response)


def _typed_as_asked() -> bool:
    """Whether the answer is a feed, which is given under the type that is asked for."""
    return request.path.endswith(".atom")


def constant(response: Response) -> Response:
    """The answer, which does not depend on the index; a 304 when the reader already holds it."""
    response.add_etag(weak=True)
    spoken(response).make_conditional(request)
    return response


def spoken(response: Response) -> Response:
    """The answer with its language and how long it may be kept."""
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response.headers["Content-Language"] = tongue().language
    response.vary.add("Accept-Language")
    return response
