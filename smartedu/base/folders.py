"""Folders and secrets that the house makes for itself in its data folder."""

import os
import secrets
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The secret kept in `file`, made on the first call: mode 0600, whole or not at all, one for all callers."""
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        pass
    make_folder(file.parent)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)  # fails when another process was first: then its secret is the one
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text().strip()


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, closed to others; a root-owned one may be passed through.

    As root, PostgreSQL runs as another user and must reach its own folder below this one; what exists keeps
    its mode.
    """
    mode = 0o711 if os.geteuid() == 0 else 0o700
    for each in reversed([folder, *folder.parents]):
        try:
            os.mkdir(each, mode)
            os.chmod(each, mode)  # whatever the umask
        except FileExistsError:
            continue
