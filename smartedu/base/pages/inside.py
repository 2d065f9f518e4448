"""What app and front tell each other about a page, in headers that never leave the house."""

KEYS = "X-Page-Keys"
"""The domain keys that the page bears, with spaces between; without it the front remembers nothing."""
QUERY = "X-Page-Query"
"""The names of the parameters that the page depends on, with spaces between."""
UNTIL = "X-Page-Until"
"""The second since 1970 at which the page ends (a dated block), where there is one."""
AWAY = "X-Page-Away"
"""On a 503: the app cannot answer because the database or the app itself is away."""
PREFIX = b"x-page-"
EVERYTHING = "*"
"""Dropping this key drops every page; a page that bears it is dropped with any other."""

_SECONDS_SHARED = 30
_SECONDS_MEANWHILE = 30  # a shared cache may hand out the old page while it fetches the new one
_SECONDS_IN_NEED = 24 * 3600  # … and for a day when we answer with an error
EVE_SECONDS = _SECONDS_SHARED + _SECONDS_MEANWHILE
"""A dated page that is sent later than so many seconds before its end must not be kept by anybody on the way."""
NOT_KEPT = "public, no-cache"


def cache_control(until: float | None, now: float) -> str:
    """The public cache header of a page that ends at `until` (seconds since 1970; None: it does not end).

    Browsers ask again each time (max-age=0) and mostly get 304; caches between us keep a page for seconds. Going
    back in a browser asks nobody, whatever is written here. RFC 9111; RFC 5861 for the last two words.
    """
    if until is None:
        meanwhile = f"stale-while-revalidate={_SECONDS_MEANWHILE}, stale-if-error={_SECONDS_IN_NEED}"
    elif until - now > EVE_SECONDS:
        meanwhile = f"stale-while-revalidate={_SECONDS_MEANWHILE}"
    else:
        return NOT_KEPT
    return f"public, max-age=0, s-maxage={_SECONDS_SHARED}, {meanwhile}"
