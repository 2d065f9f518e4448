"""Reading what the demonstration is written in: TOML files of a folder, checked strictly."""

from importlib.resources import files
from typing import TypeVar

import msgspec

Written = TypeVar("Written")


def read_folder(name: str, kind: type[Written]) -> tuple[Written, ...]:
    """Every TOML file of a folder of this room as a value of `kind`, in order of their names.

    Raises msgspec.ValidationError, naming the file, for one that is malformed.
    """
    found = []
    for file in sorted(files("smartedu.demo").joinpath(name).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            try:
                found.append(msgspec.toml.decode(file.read_bytes(), type=kind))
            except (msgspec.ValidationError, msgspec.DecodeError) as error:
                raise msgspec.ValidationError(f"{file.name}: {error}") from None
    return tuple(found)
