"""Reading what the demonstration is written in: TOML files of this room, checked strictly."""

from importlib.resources import files
from typing import TypeVar

import msgspec

Written = TypeVar("Written")


def read_folder(name: str, kind: type[Written]) -> tuple[Written, ...]:
    """Every TOML file of a folder of this room as a value of `kind`, in order of their names.

    Raises msgspec.ValidationError, naming the file, for one that is malformed.
    """
    entries = sorted(entry.name for entry in files("smartedu.demo").joinpath(name).iterdir())
    return tuple(read_file(f"{name}/{entry}", kind) for entry in entries if entry.endswith(".toml"))


def read_file(path: str, kind: type[Written]) -> Written:
    """One TOML file of this room as a value of `kind`; raises msgspec.ValidationError, naming it, where it is none."""
    *_, name = path.split("/")
    try:
        return msgspec.toml.decode(files("smartedu.demo").joinpath(*path.split("/")).read_bytes(), type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise msgspec.ValidationError(f"{name}: {error}") from None
