"""The front's own pages: what it says when the app cannot answer. Whole in themselves: no file, no script."""

import html
import json
from dataclasses import dataclass

from smartedu.base.pages.asgi import Headers, Scope, Send, header, language_of, respond


@dataclass(frozen=True)
class Words:
    """One thing to say in both languages: a headline, and what to do next."""

    code: str
    zh: tuple[str, str]
    en: tuple[str, str]


AWAY = Words(
    "app-away",
    (
        "平台正在启动或重启",
        "通常几秒钟就好，本页会自动重试。没有任何数据丢失；刚才提交的内容请在恢复后检查一次。",
    ),
    (
        "The platform is starting or restarting",
        (
            "This takes a few seconds as a rule; this page tries again by itself. Nothing is lost; "
            "if you had just sent something, please check it once it is back."
        ),
    ),
)
DATABASE_AWAY = Words(
    "database-away",
    (
        "平台暂时读不到数据",
        "已保存的内容都还在。本页会自动重试；如果几分钟后还没有恢复，请告诉学校的管理员。",
    ),
    (
        "The platform cannot reach its records just now",
        (
            "Everything that was stored is safe. This page tries again by itself; if it still fails in a few minutes, "
            "tell your school's administrator."
        ),
    ),
)
BUSY = Words(
    "app-busy",
    ("现在访问的人太多", "请稍等片刻，本页会自动重试。"),
    ("Too many people are here just now", "Please wait a moment; this page tries again by itself."),
)
BROKEN = Words(
    "app-broke-off",
    (
        "回答中断了",
        "处理这个请求的程序意外停止，已自动重启。请刷新本页；如果刚才在提交内容，请先看看是否已经保存。",
    ),
    (
        "The answer broke off",
        (
            "The process at work on this request ended unexpectedly and has been started again. Reload this page; "
            "if you were sending something, look first whether it was stored."
        ),
    ),
)
TOO_SLOW = Words(
    "app-too-slow",
    ("这个请求用时太长", "平台没有在规定时间内答复。请稍后再试；如果总是这样，请告诉管理员是哪个页面。"),
    (
        "This request took too long",
        "The platform did not answer in time. Try again later; if it goes on, tell the administrator which page it is.",
    ),
)
TOO_LARGE = Words(
    "body-too-large",
    ("内容太大", "一次最多可以发送 {limit} MB。请把文件压缩或分成几次发送；视频请用上传页面。"),
    (
        "This is too large",
        (
            "At most {limit} MB can be sent at once. Make the file smaller or send it in parts; "
            "for videos use the upload page."
        ),
    ),
)
LENGTH_NEEDED = Words(
    "length-required",
    ("请求没有说明长度", "请在请求头中写明 Content-Length 再发送。"),
    ("The request does not tell its length", "Send it again with a Content-Length header."),
)
BODY_TOO_SLOW = Words(
    "body-too-slow",
    ("发送中断", "很久没有收到后面的内容。请检查网络后重新发送。"),
    ("Sending broke off", "Nothing more arrived for a long time. Check the connection and send it again."),
)
BAD_REQUEST = Words(
    "bad-request",
    ("这个请求看不懂", "请从首页重新打开所需的页面。"),
    ("This request cannot be understood", "Open the page again from the home page."),
)
NOT_FOUND = Words(
    "not-found",
    ("没有这个文件", "它可能已被撤下或移动。请从首页或搜索重新找起。"),
    (
        "There is no such file",
        "It may have been withdrawn or moved. Start again from the home page or from search.",
    ),
)
NOT_ALLOWED = Words(
    "method-not-allowed",
    ("这里只能读取", "这个地址只接受 GET 和 HEAD。"),
    ("This can only be read", "This address accepts GET and HEAD only."),
)

_STYLE = (
    "body{font:1.05rem/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:0;display:grid;"
    "place-items:center;min-height:100vh;background:#f6f7f9;color:#1d2530}main{max-width:34rem;padding:2rem}"
    "h1{font-size:1.5rem;margin:0 0 .5rem}small{color:#55606e}a{color:#0b57a4}"
    "@media(prefers-color-scheme:dark){body{background:#14181e;color:#e8ecf1}small{color:#a9b4c2}a{color:#8fc1ff}}"
)


async def say(
    scope: Scope, send: Send, status: int, words: Words, *, extra: Headers | None = None, **values: object
) -> None:
    """Answer with `words` in the reader's language: a page, or JSON for a program that asked for JSON.

    `extra` are further headers (Retry-After makes the page try again by itself); `values` fill the sentences.
    """
    language = language_of(scope)
    title, text = words.zh if language == "zh" else words.en
    text = text.format(**values) if values else text
    headers: Headers = [(b"cache-control", b"no-store"), *(extra or [])]
    if _wants_json(scope):
        told = {"code": words.code, "title": title, "detail": text, "status": status}
        body = json.dumps(told, ensure_ascii=False).encode()
        await respond(scope, send, status, [(b"content-type", b"application/json"), *headers], body)
        return
    # Only what was read with GET is asked for again by itself: a form must never be sent twice.
    again = dict(headers).get(b"retry-after") if scope["method"] == "GET" else None
    page = _page(language, title, text, f"{status} {words.code}", again)
    headers += [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-language", language.encode()),
        (b"vary", b"Accept-Language"),
        (
            b"content-security-policy",
            b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        ),
    ]
    await respond(scope, send, status, headers, page.encode())


def _wants_json(scope: Scope) -> bool:
    accept = header(scope, b"accept")
    return scope["path"].startswith("/api/") or ("json" in accept and "html" not in accept)


def _page(language: str, title: str, text: str, mark: str, retry_after: bytes | None) -> str:
    refresh = f'<meta http-equiv="refresh" content="{retry_after.decode()}">' if retry_after else ""
    home = "回到首页" if language == "zh" else "Home page"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><meta name="robots" content="noindex">{refresh}<title>{html.escape(title)}'
        f"</title><style>{_STYLE}</style></head><body><main><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>"
        f'<p><a href="/{language}/">{home}</a></p><small>{mark}</small></main></body></html>'
    )
