"""Which outside addresses are visited: public hosts of the web and nothing else."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.library.links.hosts import as_address, is_public, why_not

INNER = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.8", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "168.63.129.16", "192.0.0.1", "192.0.2.5",
    "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "192.88.99.1", "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:53aa::1",
    "2001:db8::1", "100::1",
)  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_nothing_inner_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "1.1.1.1", "2400:3200::1", "2606:4700::1111"])
def test_the_public_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_no_dress_makes_an_ipv4_address_public(address: ipaddress.IPv4Address) -> None:
    for dressed in (f"::ffff:{address}", f"::{address}", f"64:ff9b::{address}"):
        assert not is_public(ipaddress.IPv6Address(dressed))


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "https://", "http://user@example.org/",
     "http://user:secret@example.org/", "http://example.org:8080/", "http://example.org:22/", "https://example.org:0/",
     "http://[::1", "http://exa mple.org/", "//example.org/", "http://example.org:99999/"],
)  # fmt: skip
def test_what_is_no_address_of_the_public_web_is_not_tried(url: str) -> None:
    assert why_not(url)


@pytest.mark.parametrize("url", ["https://www.dpm.org.cn/", "http://example.org:80/a?b=c", "https://例子.中国/页"])
def test_addresses_of_the_web_may_be_tried(url: str) -> None:
    assert why_not(url) == ""


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    why_not(text)
    as_address(text)
