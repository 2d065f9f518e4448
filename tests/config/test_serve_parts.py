"""The supervisor's parts: pauses, logs that stay small, what is said aloud, the children's environment."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from smartedu.base.settings import load
from smartedu.config.supervisor import Echo, LogFile, child_environment, restart_pause

LINE = "2026-01-02 03:04:05,678 {} django.request: {}\n"


def test_the_first_end_costs_no_pause_and_pauses_grow_to_ten_seconds() -> None:
    assert [restart_pause(ends) for ends in range(1, 9)] == [0, 0.5, 1, 2, 5, 10, 10, 10]


def test_a_full_log_begins_anew_and_three_older_ones_are_kept(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "app.log", limit_bytes=10)
    for number in range(12):
        log.write(b"%08d\n" % number)
    log.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app.log", "app.log.1", "app.log.2", "app.log.3"]
    assert (tmp_path / "app.log").read_bytes() == b"00000011\n"
    assert (tmp_path / "app.log.3").read_bytes() == b"00000008\n"


def test_warnings_are_shown_and_what_lies_under_them_is_not() -> None:
    text = LINE.format("INFO", "fine") + LINE.format("WARNING", "careful") + "Traceback …\nValueError: no\n"
    assert Echo().chosen(text.encode(), 0.0) == [LINE.format("WARNING", "careful").strip()]


def test_news_of_long_work_is_shown_in_its_own_words() -> None:
    text = LINE.replace("django.request", "smartedu.news").format("INFO", "影片做好了：勾股定理。 Film ready.")
    assert Echo().chosen((LINE.format("INFO", "fine") + text).encode(), 0.0) == ["影片做好了：勾股定理。 Film ready."]


def test_the_last_words_of_a_process_are_shown() -> None:
    text = LINE.format("INFO", "fine") + "Traceback (most recent call last):\n  File …\nImportError: no module\n"
    assert Echo().chosen(text.encode(), 0.0) == ["ImportError: no module"]


def test_a_flood_is_cut_and_flows_again_later() -> None:
    echo = Echo(most=2, seconds=10.0)
    flood = (LINE.format("ERROR", "x") * 50).encode()
    assert [len(echo.chosen(flood, now)) for now in (0.0, 5.0, 11.0)] == [2, 0, 2]


@given(st.lists(st.sampled_from(["INFO", "WARNING", "ERROR"]), max_size=6), st.integers(1, 40))
def test_pieces_of_any_size_give_the_same_lines(levels: list[str], size: int) -> None:
    text = "".join(LINE.format(level, "错误 e") for level in levels).encode()
    whole = Echo(most=100).chosen(text, 0.0)
    pieces = Echo(most=100)
    assert [line for at in range(0, len(text), size) for line in pieces.chosen(text[at : at + size], 0.0)] == whole


def test_children_read_the_settings_that_were_decided_here(tmp_path: Path) -> None:
    settings = load(
        {
            "SMARTEDU_DATA_DIR": str(tmp_path / "d"),
            "SMARTEDU_TRUSTED_PROXIES": "10.0.0.1,10.0.0.2",
            "SMARTEDU_SECRET_KEY": "k" * 40,
            "SMARTEDU_PORT": "8123",
        }
    )
    environment = {k: v for k, v in child_environment(settings).items() if k.startswith("SMARTEDU_")}
    environment.pop("SMARTEDU_PARENT_PID")
    assert load(environment) == settings
