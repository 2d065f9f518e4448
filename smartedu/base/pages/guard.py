"""The headers that every answer bears, whoever made it, in one place."""

from smartedu.base.pages.asgi import App, Headers, Message, Receive, Scope, Send

_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"browsing-topics=(), geolocation=(), payment=(), usb=()"),
]


def always(*, https: bool) -> Headers:
    """The security headers of every answer; `https`: visitors come by https only, so say so (HSTS)."""
    return [*_ALWAYS, *([(b"strict-transport-security", b"max-age=31536000")] if https else [])]


def completed(headers: Headers, wanted: Headers) -> Headers:
    """`headers` with those of `wanted` that are not among them.

    A page may say itself who may frame it (`frame-ancestors` in its Content-Security-Policy); otherwise our own
    pages only.
    """
    present = {name.lower() for name, _ in headers}
    full = [*headers, *(pair for pair in wanted if pair[0] not in present)]
    if not any(b"frame-ancestors" in value for name, value in full if name.lower() == b"content-security-policy"):
        # A second policy only narrows the first: both hold.
        full.append((b"content-security-policy", b"frame-ancestors 'self'"))
    return full


def guarded(app: App, wanted: Headers) -> App:
    """`app` with the security headers that it did not set itself."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": completed(message["headers"], wanted)}
            await send(message)

        await app(scope, receive, with_headers)

    return answer
