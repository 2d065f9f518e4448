"""Where a page tells that a search found nothing. No cookie, no person, and the same answer whatever became of it."""

import time
from collections import OrderedDict
from typing import Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from smartedu.base.settings import get_settings
from smartedu.library.actions.gaps import count_gap, tidy
from smartedu.web.middleware import client_address

LARGEST_BYTES = 1000
AN_HOUR_SECONDS = 3600.0
FROM_ONE_ADDRESS = 30
"""Words an hour; a school stands behind one address."""
MOST_ADDRESSES = 10_000


class Gap(msgspec.Struct, forbid_unknown_fields=True):
    words: str
    language: Literal["zh", "en"]


class Turnstile:
    """Lets each address through with so many words an hour, and with the same word once; held by this process."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, dict[str, float]] = OrderedDict()  # longest silent first

    def lets(self, address: str, words: str, now: float) -> bool:
        """Whether these words may be counted at `now` (seconds that only grow)."""
        said = self._seen.pop(address, {})
        said = {word: at for word, at in said.items() if now - at < AN_HOUR_SECONDS}
        let = words not in said and len(said) < FROM_ONE_ADDRESS
        if let:
            said[words] = now
        self._seen[address] = said
        if len(self._seen) > MOST_ADDRESSES:
            self._seen.popitem(last=False)
        return let


turnstile = Turnstile()


@csrf_exempt  # nobody's session takes part in it
@require_POST
def gap(request: HttpRequest) -> HttpResponse:
    """Count words that found nothing: 204, or 400 for what is no such message."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BYTES:
            return HttpResponse(status=400)
        told = msgspec.json.decode(request.body, type=Gap)
    except (ValueError, msgspec.DecodeError):
        return HttpResponse(status=400)
    words = tidy(told.words)
    if words and turnstile.lets(client_address(request), words, time.monotonic()):
        count_gap(words, told.language, get_settings().index_dir, at=timezone.now())
    return HttpResponse(status=204)
