"""What an import did, and what it could not place."""

from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True)
class Unplaced:
    """A record that was left out, or taken with something amiss: which, which field, and why in both languages."""

    record: str
    field: str
    zh: str
    en: str

    @property
    def text(self) -> str:
        """One line for the report."""
        return f"{self.record}, {self.field}: {self.zh} {self.en}"


@dataclass(frozen=True)
class ImportResult:
    """Counts of books by outcome, and everything that a person should look at.

    `taken_over` books stood here as bare titles of our reference. `skipped_parts` are named by the feed and absent
    from the folder, `unnamed_parts` lie there and are named by no version file. `unplaced` records were left out;
    `notes` tell of records that were placed although something about them is odd; `nameless` counts tags that a tree
    hides without their name being told anywhere.
    """

    created: int
    versioned: int
    unchanged: int
    withdrawn: int
    taken_over: int
    offline: int
    skipped_parts: tuple[str, ...]
    unnamed_parts: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]
    notes: tuple[Unplaced, ...]
    nameless: int

    @override
    def __str__(self) -> str:
        lines = [
            f"新增 {self.created} 本，更新 {self.versioned} 本，未变 {self.unchanged} 本，撤下 {self.withdrawn} 本，"
            f"未能归类 {len(self.unplaced)} 条。"
            f" {self.created} created, {self.versioned} new versions, {self.unchanged} unchanged,"
            f" {self.withdrawn} withdrawn, {len(self.unplaced)} without a place."
        ]
        if self.taken_over:
            lines.append(
                f"其中 {self.taken_over} 本原已有书名，现由目录接管。"
                f" {self.taken_over} of them stood here as bare titles and are the catalogue's now."
            )
        lines += [
            f"缺少分片，已跳过：{part}。 A part is missing and was skipped: {part}." for part in self.skipped_parts
        ]
        lines += [
            f"版本文件没有列出，未读取：{part}。 No version file names it, so it was not read: {part}."
            for part in self.unnamed_parts
        ]
        lines += [item.text for item in (*self.unplaced, *self.notes)]
        return "\n".join(lines)
