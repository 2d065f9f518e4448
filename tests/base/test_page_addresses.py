"""One page, one address; and the encoding that the reader takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.base.pages import encodings
from smartedu.base.pages.addresses import canonical


@pytest.mark.parametrize(
    ("accepted", "name"),
    [
        (None, b""),
        (b"", b""),
        (b"gzip, deflate, br", b"br"),
        (b"gzip, deflate, br, zstd", b"br"),
        (b"gzip, deflate", b"gzip"),
        (b"x-gzip", b"gzip"),
        (b"GZIP;Q=1", b"gzip"),
        (b"br;q=0, gzip", b"gzip"),
        (b"br; q=0.0 , gzip; q = 0.5", b"gzip"),
        (b"gzip;q=1.0, br;q=0.5", b"gzip"),
        (b"identity, gzip;q=0.5", b""),
        (b"*", b"br"),
        (b"*;q=0.5, br;q=0", b"gzip"),
        (b"*;q=0", b""),
        (b"deflate", b""),
        (b"gzip;q=nan", b""),
        (b"gzip;q=much", b""),  # a weight that cannot be read counts for nothing
        (b"gzip;q=2", b""),
        (b"identity;q=0, deflate", b""),
    ],
)
def test_the_reader_chooses_the_encoding(accepted: bytes | None, name: bytes) -> None:
    assert encodings.NAMES[encodings.chosen(accepted)] == name


@given(st.binary(max_size=60))
def test_no_header_breaks_the_choice(accepted: bytes) -> None:
    assert encodings.chosen(accepted) in (0, 1, 2)


# -- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", b"/zh/x"),
        ("utm_source=wechat&fbclid=1", b"/zh/x"),
        ("page=2&order=new", b"/zh/x?order=new&page=2"),
        ("order=new&page=2&utm_medium=a", b"/zh/x?order=new&page=2"),
        ("page=&order=new", b"/zh/x?order=new"),
        ("page=1&page=2", b"/zh/x?page=2"),
        ("order=%e5%85%89+%20", b"/zh/x?order=%E5%85%89++"),
        ("Page=2", b"/zh/x"),
    ],
)
def test_one_page_has_one_address(query: str, address: bytes) -> None:
    assert canonical("/zh/x", query, ("page", "order")) == address


@given(st.dictionaries(st.sampled_from(["page", "order", "q"]), st.text(max_size=8)), st.randoms())
def test_the_order_in_a_link_means_nothing(values: dict[str, str], shuffle: Any) -> None:
    from urllib.parse import urlencode

    pairs = [*values.items(), ("utm", "x")]
    straight = canonical("/zh/a", urlencode(pairs, errors="replace"), ("page", "order", "q"))
    shuffle.shuffle(pairs)
    assert canonical("/zh/a", urlencode(pairs, errors="replace"), ("q", "page", "order")) == straight
    assert canonical("/zh/a", straight.partition(b"?")[2].decode(), ("q", "page", "order")) == straight


def test_a_path_is_written_in_one_way() -> None:
    assert canonical("/zh/课", "", ()) == b"/zh/%E8%AF%BE"
    assert canonical("/zh/a~b", "", ()) == b"/zh/a~b"
