"""One page, one address: the form under which a page is remembered, whatever else stands in a link to it.

The app names the parameters that a page knows; the front and the app make the same address of them by this one
function, so that what was rendered for an address is what is remembered under it.
"""

from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode

# RFC 3986: what may stand in a path as it is. Everything else is written as %XX, the way browsers write it.
_IN_A_PATH = "/~:@!$&'()*+,;=-._"
_MOST_FIELDS = 100


def canonical_query(query: str, known: Iterable[str]) -> str:
    """`query` (without «?») with the parameters in `known` alone, in the order of their names.

    A parameter without a value counts as absent (an open choice of a form), and of one that comes twice the last
    counts. Raises ValueError for a query with more fields than anybody needs.
    """
    if not query:
        return ""
    given = dict(parse_qsl(query, max_num_fields=_MOST_FIELDS))
    return urlencode([(name, given[name]) for name in sorted(known) if name in given])


def canonical(path: str, query: str, known: Iterable[str]) -> bytes:
    """The address of a page: its decoded `path`, written in one way, and its canonical query. Raises ValueError."""
    narrowed = canonical_query(query, known)
    written = quote(path, safe=_IN_A_PATH)
    return (f"{written}?{narrowed}" if narrowed else written).encode("ascii")
