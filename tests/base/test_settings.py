"""The settings: every mistake at once, in both languages, and what follows from good ones."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartedu.base.settings import SOCKET_PATH_LIMIT, Settings, SettingsError, load
from smartedu.base.settings_words import ABOUT

PRODUCTION = {
    "SMARTEDU_DATA_DIR": "/nowhere",  # the checkout's own may hold demonstration content
    "SMARTEDU_PRODUCTION": "true",
    "SMARTEDU_SECRET_KEY": "k" * 40,
    "SMARTEDU_PUBLIC_URL": "https://edu.example.cn",
}


def problems_of(environ: dict[str, str]) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        load(environ)
    for problem in caught.value.problems:
        assert problem.zh != problem.en
    return {p.place: p.text("en") for p in caught.value.problems}


def test_an_empty_environment_is_a_good_one(tmp_path: Path) -> None:
    settings = load({"SMARTEDU_DATA_DIR": str(tmp_path), "PATH": "/bin", "SMARTEDU_DATABASE_URL": ""})
    assert settings.embedded
    assert settings.public_url == "http://localhost:8000"
    assert settings.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert settings.media_dir == tmp_path / "media"


def test_the_public_address_follows_the_port() -> None:
    assert load({"SMARTEDU_PORT": "8080"}).public_url == "http://localhost:8080"


def test_every_mistake_is_named_at_once() -> None:
    found = problems_of(
        {
            "SMARTEDU_PORT": "99999",
            "SMARTEDU_PROT": "1",
            "SMARTEDU_APP_THREADS": "many",
            "SMARTEDU_LANGUAGES": "zh,fr",
            "SMARTEDU_LOG_LEVEL": "loud",
            "SMARTEDU_SANDBOX_HOST": "localhost",
            "SMARTEDU_DATA_DIR": "/nowhere",
            "SMARTEDU_PRODUCTION": "true",
            "SMARTEDU_SECRET_KEY": "short",
            "SMARTEDU_DATABASE_URL": "mysql://root:hunter2@db/x",
        }
    )
    assert set(found) == {
        "SMARTEDU_PORT",
        "SMARTEDU_PROT",
        "SMARTEDU_APP_THREADS",
        "SMARTEDU_LANGUAGES",
        "SMARTEDU_LOG_LEVEL",
        "SMARTEDU_SANDBOX_HOST",
        "SMARTEDU_SECRET_KEY",
        "SMARTEDU_PUBLIC_URL",  # must be given in production
        "SMARTEDU_DATABASE_URL",
    }
    assert "99999" in found["SMARTEDU_PORT"]
    assert "65535" in found["SMARTEDU_PORT"]
    assert "SMARTEDU_PORT=8000" in found["SMARTEDU_PORT"]
    assert "SMARTEDU_PORT is meant" in found["SMARTEDU_PROT"].replace(
        "is SMARTEDU_PORT meant", "SMARTEDU_PORT is meant"
    )
    assert "hunter2" not in str(found)
    assert "short" not in found["SMARTEDU_SECRET_KEY"].split("is too short")[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "-1"),
        ("PORT", "8000.5"),
        ("APP_PROCESSES", "0"),
        ("FRONTS", "1000"),
        ("PRODUCTION", "perhaps"),
        ("PUBLIC_URL", "edu.example.cn"),
        ("PUBLIC_URL", "https://edu.example.cn/path"),
        ("PUBLIC_URL", "https://user:pw@edu.example.cn"),
        ("PUBLIC_URL", "https://edu.example.cn:port"),
        ("DATABASE_URL", "postgresql://db.example.cn"),
        ("DATABASE_URL", "postgresql://db/x?nonsense=1"),
        ("POSTGRES_BIN", "/nowhere"),
        ("FFMPEG", "/nowhere/ffmpeg"),
        ("LANGUAGES", ","),
        ("LANGUAGES", "zh,zh"),
        ("DATA_DIR", __file__),
    ],
)
def test_one_mistake_is_one_sentence(name: str, value: str) -> None:
    assert list(problems_of({f"SMARTEDU_{name}": value})) == [f"SMARTEDU_{name}"]


def test_production_must_be_told_key_and_address() -> None:
    assert set(problems_of({"SMARTEDU_DATA_DIR": "/nowhere", "SMARTEDU_PRODUCTION": "1"})) == {
        "SMARTEDU_SECRET_KEY",
        "SMARTEDU_PUBLIC_URL",
    }
    settings = load(PRODUCTION)
    assert settings.secret_key == "k" * 40
    assert settings.trusted_origins == ["https://edu.example.cn"]
    assert "*" not in load(PRODUCTION | {"SMARTEDU_HOST": "0.0.0.0"}).allowed_hosts


def test_production_refuses_demonstration_content(tmp_path: Path) -> None:
    (tmp_path / "demo-signins.json").write_text("[]")
    found = problems_of(PRODUCTION | {"SMARTEDU_DATA_DIR": str(tmp_path)})
    assert list(found) == ["SMARTEDU_PRODUCTION"]


def test_names_that_an_orchestrator_puts_beside_ours_are_let_pass() -> None:
    load({"SMARTEDU_SERVICE_HOST": "10.0.0.1", "SMARTEDU_PORT_8000_TCP": "tcp://10.0.0.1:8000"})


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first, second = Settings(data_dir=tmp_path / "new"), Settings(data_dir=tmp_path / "new")
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 50
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert first.secret_key not in repr(first)


def test_the_sum_of_the_pools() -> None:
    settings = Settings(
        app_processes=3, app_threads=4, worker_concurrency=2, fronts=2, front_pool=2, reserve_connections=10, nodes=2
    )
    plan = settings.pool_plan()
    assert plan.total == (3 * 5 + 9 + 4) * 2 + 10
    assert f"= {plan.total}" in plan.sentence()


def test_sockets_fit_below_a_deep_folder() -> None:
    deep = Settings(data_dir=Path("/tmp") / ("很深" * 30))
    assert len(os.fsencode(deep.run_dir / "postgres" / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT
    assert deep.run_dir == Settings(data_dir=deep.data_dir).run_dir
    assert deep.run_dir != Settings(data_dir=deep.data_dir / "other").run_dir


def test_every_field_has_its_words() -> None:
    assert set(ABOUT) == {f.alias or n for n, f in Settings.model_fields.items()}
    for name, (_, _, example) in ABOUT.items():
        if name not in ("postgres_bin", "ffmpeg", "secret_key", "help_lines"):
            load({f"SMARTEDU_{name.upper()}": example} | (PRODUCTION if name == "production" else {}))


@given(st.dictionaries(st.sampled_from(sorted(ABOUT)), st.text(max_size=20)))
def test_any_text_is_taken_or_refused_in_words(raw: dict[str, str]) -> None:
    try:
        load({f"SMARTEDU_{name.upper()}": value for name, value in raw.items()})
    except SettingsError as error:
        assert {p.place.removeprefix("SMARTEDU_").lower() for p in error.problems} <= set(ABOUT)  # noqa: PT017
