"""Which outside addresses may be visited. Pure: nothing is resolved here.

Whoever publishes a link chooses where our worker knocks, so that it must not be led into our own house: no private,
loopback, link-local (where clouds keep their keys) or shared address, in whatever dress (IPv4 inside IPv6), no port
but those of the web, no password in the address. (OWASP, Server-Side Request Forgery Prevention.)
"""

import ipaddress
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

WEB_PORTS = frozenset({80, 443})

# What `is_global` lets pass and is nobody's web server, or leads somewhere else than it says.
_NOT_OURS_TO_VISIT = [
    ipaddress.ip_network(network)
    for network in (
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "100.100.100.200/32",  # a cloud's key keeper (inside CGNAT, named for the reader)
        "168.63.129.16/32",  # a cloud's inner server with a public number
        "64:ff9b::/96",  # NAT64: an IPv4 address in disguise, RFC 6052
        "64:ff9b:1::/48",  # the same for local use, RFC 8215
        "2002::/16",  # 6to4, RFC 3056
        "2001::/32",  # Teredo, RFC 4380
        "::/96",  # IPv4-compatible, RFC 4291
        "fec0::/10",  # site-local, RFC 3879
    )
]


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet. An IPv4 address in IPv6 clothes never does: nobody who means
    well writes one."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address.version == network.version and address in network for network in _NOT_OURS_TO_VISIT)


def as_address(host: str) -> Address | None:
    """The address that a host name spells out itself; None for a name. `[::1]` may come without its brackets.

    Old spellings (`0x7f.1`, `2130706433`, `127.1`) are names here, and resolving them is what finds them out.
    """
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def why_not(url: str, ports: frozenset[int] = WEB_PORTS) -> str:
    """Why an address is not visited, in English for the log and the operator; empty where it may be tried."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "not an address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "not an address of the web"
    if parts.username is not None or parts.password is not None:
        return "holds a user name or password"
    if port is not None and port not in ports:
        return f"uses port {port}"
    if not parts.hostname.isprintable() or any(sign in parts.hostname for sign in " \\"):
        return "not a host name"
    return ""
