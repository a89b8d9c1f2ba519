"""Has anything changed since a reader last asked this?

An answer depends on the state of the index, the address, the language, this program, its
synonyms and, for questions such as "hier", the day: that is its ETag, known before any work is
done.
"""

from __future__ import annotations

import hashlib

from flask import Response, current_app, request

from webui.openapi import version
from webui.problems import tongue

MAX_AGE = 60


def tag(generation: int) -> str:
    """The entity tag of the present request, without its quotes."""
    zone = current_app.config["ZONE"]
    day = current_app.config["CLOCK"]().astimezone(zone).date().isoformat()
    pairs = sorted(request.args.items(multi=True), key=lambda pair: pair[0])
    parts = (generation, request.host, request.script_root, request.path, pairs,
             tongue().language, day, version(), current_app.extensions["synonyms"])  # fmt: skip
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:20]


def unchanged(generation: int) -> Response | None:
    """A 304 when the reader already holds this answer, else None."""
    if request.if_none_match.contains_weak(tag(generation)):
        return stamped(Response(status=304), generation)
    return None


def stamped(response: Response, generation: int) -> Response:
    """The answer with what a cache needs to know. The tag is weak: timings in it differ."""
    response.set_etag(tag(generation), weak=True)
    return spoken(response)


def spoken(response: Response) -> Response:
    """The answer with its language, for a page that does not depend on the index."""
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response.headers["Content-Language"] = tongue().language
    response.vary.add("Accept-Language")
    return response
