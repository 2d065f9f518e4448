"""The headers that every answer bears, whoever made it, in one place."""

from smartedu.base.pages.asgi import App, Message, Receive, Scope, Send

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"browsing-topics=(), geolocation=(), payment=(), usb=()"),
)


def guarded(app: App, *, https: bool) -> App:
    """`app` with the security headers it did not set itself; `https`: visitors come by https only, so say so (HSTS).

    A page may say itself who may frame it (`frame-ancestors` in its Content-Security-Policy); otherwise our own
    pages only.
    """
    always = _ALWAYS + (((b"strict-transport-security", b"max-age=31536000"),) if https else ())

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                present = {name.lower() for name, _ in headers}
                headers = [*headers, *(pair for pair in always if pair[0] not in present)]
                if not any(b"frame-ancestors" in v for n, v in headers if n.lower() == b"content-security-policy"):
                    # A second policy only narrows the first: both hold.
                    headers.append((b"content-security-policy", b"frame-ancestors 'self'"))
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, with_headers)

    return answer
