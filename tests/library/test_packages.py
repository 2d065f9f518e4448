"""A lesson as one zip: what comes out is a zip of exactly these files, and every part of it is the slice it says."""

import asyncio
import hashlib
import io
import zipfile
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import override

from smartedu.library.media.packages import README, Manifest, Packages, Packed, _stretches
from tests.library import asking
from tests.library.asking import Answer

AT = datetime(2026, 9, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
names = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/\\"), min_size=1, max_size=30)


def ask(packages: Packages, method: str = "GET", path: str = "/packages/abc.zip", **headers: str) -> Answer:
    return asking.ask(packages, path, method, **headers)


def unzipped(answer: Answer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def shelf(folder: Path, files: dict[str, bytes], left_out: tuple[str, ...] = ()) -> Packages:
    """A media folder with these files, and a front whose app names them all."""
    packed = []
    for number, (name, content) in enumerate(files.items()):
        (folder / f"f{number}").write_bytes(content)
        packed.append(Packed(f"f{number}", name, hashlib.sha256(content).hexdigest()))
    manifest = Manifest("勾股定理", AT, "《勾股定理》\n许可", tuple(packed), left_out)
    return told(folder, 200, msgspec.json.encode(manifest))


def told(folder: Path, status: int, body: bytes = b"") -> Packages:
    async def app(path: str) -> tuple[int, bytes]:
        assert path == "/internal/packages/abc"
        return status, body

    return Packages(folder, app)


FILES = {"01 视频课程.mp4": bytes(range(256)) * 4000, "02 学习任务单.pdf": b"%PDF", "03 空.txt": b""}


@settings(deadline=None)  # it asks the disk
@given(st.dictionaries(names, st.binary(max_size=400), max_size=6), st.data())
def test_a_package_is_a_zip_of_its_files_and_every_range_of_it_a_slice(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    files.pop(README, None)
    with TemporaryDirectory() as folder:
        packages = shelf(Path(folder), files)
        whole = ask(packages)
        length = int(whole.headers["content-length"])
        assert (whole.status, length, whole.whole) == (200, len(whole.body), True)
        inside = unzipped(whole)
        assert inside.pop(README).decode("utf-8-sig").startswith("《勾股定理》\r\n许可")
        assert inside == files
        first = data.draw(st.integers(0, length - 1))
        last = data.draw(st.integers(first, length + 10))
        part = ask(packages, range=f"bytes={first}-{last}")
        assert (part.status, part.body) == (206, whole.body[first : last + 1])
        assert part.headers["content-range"] == f"bytes {first}-{min(last, length - 1)}/{length}"


def test_it_is_saved_under_a_chinese_name_with_one_in_ascii_beside_it(tmp_path: Path) -> None:
    told = ask(shelf(tmp_path, FILES)).headers["content-disposition"]
    assert told.isascii()
    assert 'filename="lesson-abc.zip"' in told
    assert unquote(told.rpartition("''")[2]) == "勾股定理.zip"


def test_the_length_is_known_before_anything_is_read(tmp_path: Path) -> None:
    packages = shelf(tmp_path, FILES)
    head, whole = ask(packages, "HEAD"), ask(packages)
    assert (head.body, head.headers["content-length"]) == (b"", str(len(whole.body)))
    assert head.headers["etag"] == whole.headers["etag"]


def test_a_broken_download_goes_on_and_a_known_one_is_not_sent_again(tmp_path: Path) -> None:
    packages = shelf(tmp_path, FILES)
    whole = ask(packages)
    rest = ask(packages, range="bytes=5000-", if_range=whole.headers["etag"])
    assert (rest.status, rest.body) == (206, whole.body[5000:])
    assert ask(packages, range="bytes=5000-", if_range='"another"').status == 200
    assert ask(packages, if_none_match=whole.headers["etag"]).status == 304
    assert ask(packages, range=f"bytes={len(whole.body)}-").status == 416


def test_what_is_not_ready_or_gone_is_left_out_and_named(tmp_path: Path) -> None:
    packages = shelf(tmp_path, FILES, left_out=("04 练习.pdf",))
    before = ask(packages).headers["etag"]
    (tmp_path / "f1").unlink()
    answer = ask(packages)
    readme = unzipped(answer)[README].decode("utf-8-sig")
    assert "02 学习任务单.pdf" not in unzipped(answer)
    assert "- 04 练习.pdf\r\n- 02 学习任务单.pdf\r\n" in readme
    assert answer.headers["etag"] != before


def test_a_file_that_is_cut_on_the_way_breaks_the_line_instead_of_ending_it(tmp_path: Path) -> None:
    packages = shelf(tmp_path, FILES)
    length = int(ask(packages).headers["content-length"])  # the sums are known from here on

    class Cut(Packages):
        @override
        async def _sum(self, packed: Packed, size: int) -> int | None:
            crc = await super()._sum(packed, size)
            (tmp_path / packed.path).write_bytes(b"short"[:size])
            return crc

    answer = ask(Cut(tmp_path, packages._ask))
    assert not answer.whole
    assert len(answer.body) < length


@pytest.mark.parametrize("found", [None, b"short", FILES["01 视频课程.mp4"] + b"longer"])
def test_a_file_that_changes_before_it_is_summed_is_left_out_and_no_wrong_sum_is_kept(
    tmp_path: Path, found: bytes | None
) -> None:
    film = tmp_path / "f0"

    class Meanwhile(Packages):
        away = True

        @override
        def _sized(self, manifest: Manifest) -> Any:
            film.write_bytes(FILES["01 视频课程.mp4"])
            sizes = super()._sized(manifest)
            if self.away:
                film.unlink() if found is None else film.write_bytes(found)
            return sizes

    packages = Meanwhile(tmp_path, shelf(tmp_path, FILES)._ask)
    lacking = ask(packages)
    assert (lacking.status, lacking.whole) == (200, True)
    assert int(lacking.headers["content-length"]) == len(lacking.body)
    assert "- 01 视频课程.mp4\r\n" in unzipped(lacking)[README].decode("utf-8-sig")
    packages.away = False
    again = ask(packages)
    assert unzipped(again)["01 视频课程.mp4"] == FILES["01 视频课程.mp4"]
    assert again.headers["etag"] != lacking.headers["etag"]


def test_a_sum_that_many_need_is_read_once_and_a_reader_who_leaves_does_not_end_it(tmp_path: Path) -> None:
    content = FILES["01 视频课程.mp4"]
    (tmp_path / "f").write_bytes(content)
    film = Packed("f", "f", hashlib.sha256(content).hexdigest())

    class Counting(Packages):
        reads = 0

        @override
        async def _read_sum(self, path: str, size: int) -> int | None:
            self.reads += 1
            return await super()._read_sum(path, size)

    async def scenario() -> None:
        packages = Counting(tmp_path, shelf(tmp_path, {})._ask)
        leaving, *staying = (asyncio.create_task(packages._sum(film, len(content))) for _ in range(10))
        await asyncio.sleep(0)
        leaving.cancel()
        assert set(await asyncio.gather(*staying)) == {zlib.crc32(content)}
        assert await packages._sum(film, len(content)) == zlib.crc32(content)
        assert (leaving.cancelled(), packages.reads) == (True, 1)

    asyncio.run(scenario())


def test_a_film_beyond_four_gigabytes_has_its_place_in_the_directory() -> None:
    big = 5 << 30
    stretches = _stretches(AT, b"", [(Packed("a", "a.mp4", ""), big, 7), (Packed("b", "b.mp4", ""), 3, 9)])
    assert sum(stretch.length for stretch in stretches) > big

    class Far(io.BytesIO):
        """The end of the zip, as if the five gigabytes stood before it."""

        missing = sum(stretch.length for stretch in stretches[:-1])

        @override
        def seek(self, position: int, whence: int = 0) -> int:
            return self.missing + super().seek(position - self.missing if whence == 0 else position, whence)

        @override
        def tell(self) -> int:
            return self.missing + super().tell()

    with zipfile.ZipFile(Far(stretches[-1].made)) as archive:
        entry = archive.getinfo("b.mp4")
    assert (archive.getinfo("a.mp4").file_size, entry.file_size, entry.CRC) == (big, 3, 9)
    assert entry.header_offset > big


@pytest.mark.parametrize(("from_app", "answer"), [(404, 404), (410, 410), (503, 503), (500, 503), (400, 503)])
def test_the_front_says_in_words_why_there_is_no_package(tmp_path: Path, from_app: int, answer: int) -> None:
    said = ask(told(tmp_path, from_app))
    assert said.status == answer
    assert "<h1>" in said.body.decode()
    assert ("retry-after" in said.headers) == (answer == 503)


@pytest.mark.parametrize("name", ["", "abc", "a/b.zip", "é.zip", ".zip", "a" * 17 + ".zip"])
def test_only_names_of_lessons_are_asked_for(tmp_path: Path, name: str) -> None:
    async def never(path: str) -> tuple[int, bytes]:
        raise AssertionError(path)

    assert ask(Packages(tmp_path, never), path=f"/packages/{name}").status == 404
    assert ask(Packages(tmp_path, never), "POST").status == 405


def test_a_path_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "media").mkdir()
    manifest = Manifest("x", AT, "x", (Packed("../secret", "secret.txt", "d"),))
    answer = ask(told(tmp_path / "media", 200, msgspec.json.encode(manifest)))
    assert list(unzipped(answer)) == [README]
