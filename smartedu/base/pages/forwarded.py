"""Who asks, seen from outside: through proxies in front of us that the operator has named, and none else."""

import ipaddress
from dataclasses import dataclass

from smartedu.base.pages.asgi import Scope, header


@dataclass(frozen=True)
class Outside:
    """One request as the visitor made it."""

    address: str
    scheme: str
    host: str


class Trusted:
    """The proxies whose X-Forwarded-... headers are believed: addresses or networks («10.0.0.0/8»)."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Raises ValueError for a name that is neither an address nor a network."""
        self._networks = [ipaddress.ip_network(name, strict=False) for name in names]

    def holds(self, address: str) -> bool:
        """Whether `address` is one of them."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)

    def outside(self, scope: Scope) -> Outside:
        """Address, scheme and host of the visitor. From anybody who is not trusted, headers count for nothing.

        X-Forwarded-For is read from its end: each proxy adds whom it saw, and what stands before the first address
        that is not a trusted proxy was written by that visitor himself.
        """
        client = scope.get("client") or ("127.0.0.1", 0)
        address, scheme, host = str(client[0]), str(scope.get("scheme", "http")), header(scope, b"host")
        if not self._networks or not self.holds(address):
            return Outside(address, scheme, host)
        chain = [part.strip() for part in header(scope, b"x-forwarded-for").split(",") if part.strip()]
        while chain and self.holds(address):
            address = chain.pop()
        last_scheme = header(scope, b"x-forwarded-proto").rpartition(",")[2].strip()
        last_host = header(scope, b"x-forwarded-host").rpartition(",")[2].strip()
        return Outside(address, last_scheme if last_scheme in ("http", "https") else scheme, last_host or host)
