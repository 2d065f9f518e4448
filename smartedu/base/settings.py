"""The one typed settings object: read from SMARTEDU_… variables, every mistake named at once.

Settings are values: nothing here opens a database or starts anything, and a test makes its own with
`Settings(data_dir=…)`, which reads no environment at all. Only `get_settings()` does.
"""

import difflib
import functools
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from smartedu.formats.help_lines import HelpLinesError, read_help_lines

from .errors import DomainError, Problem
from .folders import kept_secret
from .settings_words import ABOUT, told, words_for

PREFIX = "SMARTEDU_"
DEMO_SIGNINS = "demo-signins.json"
# sockaddr_un.sun_path holds 108 bytes with its closing NUL on Linux (104 elsewhere).
SOCKET_PATH_LIMIT = 107 if os.uname().sysname == "Linux" else 103
_LONGEST_SOCKET = "/postgres/.s.PGSQL.5432"


class SettingsError(DomainError):
    """The environment holds mistakes: one Problem for each, `place` being the variable."""


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _default_data_dir() -> Path:
    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file():
        return root / "var"
    return Path("/var/lib/smartedu") if os.geteuid() == 0 else Path.home() / ".local/share/smartedu"


@dataclass(frozen=True)
class PoolPlan:
    """Connections to PostgreSQL at the most, by what holds them; `total` is their sum over all nodes."""

    app: int
    worker: int
    front: int
    reserve: int
    nodes: int

    @property
    def total(self) -> int:
        return (self.app + self.worker + self.front) * self.nodes + self.reserve

    def sentence(self) -> str:
        """The sum as one reads it aloud, e.g. "(app 10 + worker 6 + front 2) x 1 node + reserve 10 = 28"."""
        return (
            f"(app {self.app} + worker {self.worker} + front {self.front}) x {self.nodes} node(s)"
            f" + reserve {self.reserve} = {self.total}"
        )


class Settings(BaseModel):
    """What an operator may decide. The words for each field are in settings_words.ABOUT."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Path = Field(default_factory=_default_data_dir)
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = Field(default_factory=lambda done: f"http://localhost:{done.get('port', 8000)}")
    sandbox_host: str = Field(default="127.0.0.1", min_length=1)
    extra_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    production: bool = False
    secret_key_given: str | None = Field(default=None, alias="secret_key", min_length=32, repr=False)
    languages: tuple[str, ...] = ("zh", "en")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    database_url: str | None = Field(default=None, repr=False)
    postgres_bin: Path | None = None
    nodes: int = Field(default=1, ge=1, le=1000)
    reserve_connections: int = Field(default=10, ge=3, le=1000)

    app_processes: int = Field(default_factory=lambda: min(4, _processors()), ge=1, le=256)
    app_threads: int = Field(default=4, ge=1, le=64)
    fronts: int = Field(default=1, ge=1, le=64)
    front_pool: int = Field(default=2, ge=1, le=64)
    page_memory_mb: int = Field(default=128, ge=1, le=65_536)
    worker_concurrency: int = Field(default=2, ge=1, le=64)
    body_limit_mb: int = Field(default=20, ge=1, le=10_000)
    ffmpeg: Path | None = None

    operator_name_zh: str = Field(default="", max_length=100)
    operator_name_en: str = Field(default="", max_length=100)
    contact_email: str = Field(default="", max_length=100, pattern=r"^([^@\s<>\"]+@[^@\s<>\"]+)?$")
    contact_phone: str = Field(default="", max_length=30, pattern=r"^(\+?[0-9][0-9 -]*)?$")
    icp_number: str = Field(default="", max_length=60)
    police_number: str = Field(default="", max_length=60)
    help_lines: Path | None = None

    # -- folders ------------------------------------------------------------------------------------------

    @property
    def postgres_dir(self) -> Path:
        """The data folder of the embedded PostgreSQL."""
        return self.data_dir / "postgres"

    @property
    def media_dir(self) -> Path:
        """Uploaded and made files, served as /media/."""
        return self.data_dir / "media"

    @property
    def index_dir(self) -> Path:
        """The search index; can be thrown away and made again from the database."""
        return self.data_dir / "index"

    @property
    def log_dir(self) -> Path:
        """What the processes write, one file each."""
        return self.data_dir / "log"

    @property
    def run_dir(self) -> Path:
        """Where Unix sockets live: below the data folder, or in a short folder when that path is too long.

        The short one depends on nothing but the data folder and the user, so that a command typed in another
        shell finds the sockets of a running `serve` (XDG_RUNTIME_DIR would differ between the two).
        """
        own = self.data_dir / "run"
        if len(os.fsencode(own)) + len(_LONGEST_SOCKET) <= SOCKET_PATH_LIMIT:
            return own
        mark = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        if os.geteuid() == 0 and Path("/run").is_dir():
            return Path(f"/run/smartedu-{mark}")
        return Path(f"/tmp/smartedu-{os.geteuid()}-{mark}")  # noqa: S108 - owner and mode are checked when used

    # -- derived values -----------------------------------------------------------------------------------

    @functools.cached_property
    def secret_key(self) -> str:
        """The key that signs sessions and tokens: the one given, else one made once in data_dir/secret.key."""
        return self.secret_key_given or kept_secret(self.data_dir / "secret.key")

    @property
    def embedded(self) -> bool:
        """Whether we run PostgreSQL ourselves."""
        return self.database_url is None

    @property
    def public_host(self) -> str:
        """The host name of public_url."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def allowed_hosts(self) -> list[str]:
        """Host headers that are answered. Bound to every address outside production, any name is (a phone)."""
        if not self.production and self.host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
            return ["*"]
        local = ["localhost", "127.0.0.1", "[::1]"]
        return list(dict.fromkeys([self.public_host, self.sandbox_host, *self.extra_hosts, *local]))

    @property
    def trusted_origins(self) -> list[str]:
        """Origins whose forms are accepted (Django's CSRF_TRUSTED_ORIGINS)."""
        local = [] if self.production else [f"http://{h}:{self.port}" for h in ("localhost", "127.0.0.1")]
        return list(dict.fromkeys([self.public_url, *local]))

    @property
    def app_pool(self) -> int:
        """Django's connections in one process: one a thread (or job), one over for a page that opens a second."""
        return max(self.app_threads, self.worker_concurrency) + 1

    @property
    def worker_pool(self) -> int:
        """Connections of the worker: Django's, and four for taking jobs, LISTEN, heartbeat and the indexer."""
        return self.app_pool + 4

    def pool_plan(self) -> PoolPlan:
        """The sum of all connection pools, which max_connections of PostgreSQL must hold."""
        return PoolPlan(
            app=self.app_processes * self.app_pool,
            worker=self.worker_pool,
            front=self.fronts * self.front_pool,
            reserve=self.reserve_connections,
            nodes=self.nodes,
        )

    # -- checks of one field ------------------------------------------------------------------------------

    @field_validator("languages", "extra_hosts", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(p.strip() for p in value.split(",") if p.strip()) if isinstance(value, str) else value

    @field_validator("languages")
    @classmethod
    def _known_languages(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or len(set(value)) < len(value) or not set(value) <= {"zh", "en"}:
            raise told("应为 zh、en 或两者（zh,en）。", "must be zh, en or both (zh,en).")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        value = Path(os.path.abspath(value.expanduser()))
        if value.exists() and not value.is_dir():
            raise told("这是一个文件，应为文件夹。", "is a file; name a folder.")
        return value

    @field_validator("postgres_bin", "ffmpeg")
    @classmethod
    def _present(cls, value: Path | None, info: Any) -> Path | None:
        if value is not None:
            wanted = value / "postgres" if info.field_name == "postgres_bin" else value
            if not wanted.is_file():
                raise told(f"没有文件 {wanted}。", f"there is no file {wanted}.")
        return value

    @field_validator("help_lines")
    @classmethod
    def _readable_lines(cls, value: Path | None) -> Path | None:
        try:
            if value is not None:
                read_help_lines(value.read_text(encoding="utf-8"))
        except HelpLinesError as wrong:
            raise told(wrong.zh, wrong.en) from None
        except (OSError, UnicodeDecodeError):
            raise told("没有这个文件，或者读不了。", "is not there or cannot be read.") from None
        return value

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        value = value.rstrip("/")
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            good = False
        if not good or parts.path or parts.query or parts.fragment or parts.username:
            raise told("应为不带路径的网址。", "must be an address without a path.")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value is None:
            return None
        from psycopg import Error
        from psycopg.conninfo import conninfo_to_dict

        try:
            good = value.startswith(("postgresql://", "postgres://")) and bool(conninfo_to_dict(value).get("dbname"))
        except Error:
            good = False
        if not good:
            raise told("应为带数据库名的 PostgreSQL 地址。", "must be a PostgreSQL address with a database name.")
        return value


def _together(s: Settings, given: frozenset[str]) -> list[Problem]:
    """Mistakes that show only when fields are seen together."""
    found = []

    def wrong(field: str, zh: str, en: str) -> None:
        found.append(Problem("setting", PREFIX + field.upper(), zh, en))

    if s.sandbox_host.strip("[]") == s.public_host:
        wrong(
            "sandbox_host",
            f"与公开网址的主机名相同（{s.public_host}）；上传的网页必须由另一个主机名提供，请换一个。",
            f"is the host of the public address too ({s.public_host}); uploaded pages need another host name.",
        )
    if s.production:
        for field in ("secret_key_given", "public_url"):
            if field not in given:
                name = field.removesuffix("_given")
                zh, en, example = ABOUT[name]
                wrong(
                    name,
                    f"正式运行时必须给出（{zh}），例如 {PREFIX}{name.upper()}={example}。",
                    f"must be given in production ({en}), e.g. {PREFIX}{name.upper()}={example}.",
                )
        if (s.data_dir / DEMO_SIGNINS).exists():
            wrong(
                "production",
                f"数据文件夹 {s.data_dir} 里有演示内容，其密码是公开的；正式运行请用另一个文件夹。",
                f"the data folder {s.data_dir} holds demonstration content, whose passwords are public; "
                "use another folder in production.",
            )
    return found


def _variables(environ: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The fields that the environment gives, and names so near to one of ours that they are slips.

    Other names are let pass: Kubernetes puts SMARTEDU_SERVICE_HOST and its like beside a service of our name.
    """
    known = {(f.alias or n) for n, f in Settings.model_fields.items()}
    raw: dict[str, str] = {}
    slips = []
    for variable, value in environ.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name in known:
            if value != "":  # an empty line of a compose file means «not set»
                raw[name] = value
        elif name.startswith(("service_", "port_")):
            continue
        elif near := difflib.get_close_matches(name, known, n=1, cutoff=0.75):
            meant = PREFIX + near[0].upper()
            slips.append(
                Problem(
                    "setting",
                    variable,
                    f"没有这个变量，是否想写 {meant}？",
                    f"is not known; is {meant} meant?",
                )
            )
    return raw, slips


def _problem(error: ErrorDetails, raw: Mapping[str, str]) -> Problem:
    name = str(error["loc"][0])
    zh, en = words_for(error)
    zh_about, en_about, example = ABOUT[name]
    given = "***" if name in ("secret_key", "database_url") else raw.get(name, "")
    variable = PREFIX + name.upper()
    return Problem(
        "setting",
        variable,
        f"“{given}”{zh}（{zh_about}；例如 {variable}={example}）",
        f'"{given}" {en} ({en_about}; e.g. {variable}={example})',
    )


def load(environ: Mapping[str, str]) -> Settings:
    """Settings from an environment. Raises SettingsError with every mistake at once."""
    raw, problems = _variables(environ)
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as errors:
        # A default that is made from another field is not a mistake of its own.
        wrong = [e for e in errors.errors() if e["type"] != "default_factory_not_called"]
        problems += [_problem(e, raw) for e in wrong]
        # What is right is looked at together all the same, so that nobody has to come back twice.
        bad = {str(e["loc"][0]) for e in wrong}
        settings = Settings.model_validate({k: v for k, v in raw.items() if k not in bad})
        fields = frozenset(settings.model_fields_set | bad | ({"secret_key_given"} if "secret_key" in bad else set()))
        problems += [p for p in _together(settings, fields) if p.place.removeprefix(PREFIX).lower() not in bad]
        raise SettingsError(*problems) from None
    problems += _together(settings, frozenset(settings.model_fields_set))
    if problems:
        raise SettingsError(*problems)
    return settings


@functools.cache
def get_settings() -> Settings:
    """The settings of this process, read once. Raises SettingsError."""
    return load(os.environ)
