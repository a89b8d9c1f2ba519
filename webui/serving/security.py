"""Which headers protect every answer, errors included?

The pages hold other people's words: no inline script, no inline style, nothing from
elsewhere. A question is in the address, so it is not told to the sites one goes to next.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted

from webui.serving.proxies import SENT_HOST

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PAGE_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# A program's answer is never shown as a page, and nothing in it may run; other people's
# pages may read it: it holds no secret.
DATA_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

# What a browser asks before a script of another site sends headers of its own, If-None-Match too.
PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def protect(app: Flask) -> None:
    """Set the headers on every answer of the application, and judge the host it was sent to.

    Flask judges the host that a believed proxy tells; the one the request really carried is
    judged too, or a client would choose the first by a header that its proxy lets through.
    """
    # hosts are compared in lower case (see `proxies.believing`)
    names = app.config["TRUSTED_HOSTS"] or ()
    app.config["TRUSTED_HOSTS"] = [name.lower() for name in names] or None

    @app.before_request
    def sent_host() -> None:
        trusted = app.config["TRUSTED_HOSTS"]
        host = request.environ.get(SENT_HOST, "")
        if trusted and not host_is_trusted(host, trusted):
            raise SecurityError(f"{host!r} is not trusted")

    @app.after_request
    def headers(response: Response) -> Response:
        if request.method == "OPTIONS" and request.url_rule:
            response.headers.update(PREFLIGHT_HEADERS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            for name, value in PAGE_HEADERS.items():
                response.headers.setdefault(name, value)
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        else:
            for name, value in DATA_HEADERS.items():
                response.headers.setdefault(name, value)
            if request.endpoint != "static":
                response.headers.setdefault("Access-Control-Allow-Origin", "*")
                response.headers.setdefault(
                    "Access-Control-Expose-Headers", "ETag, Link, Retry-After"
                )
        return response
