"""The cast of the demonstration: accounts and their passwords come together or not at all."""

import json
from pathlib import Path

import pytest

from smartedu.demo.people import CAST, people_of_the_demo
from smartedu.people.models import Account
from tests.library.makers import Maker


def test_every_role_can_sign_in_and_a_second_time_changes_nothing(make: Maker, tmp_path: Path) -> None:
    signins = tmp_path / "signins.json"
    people_of_the_demo(signins, at=make.at)
    written = signins.read_bytes()
    lines = json.loads(written)
    assert len(lines) == len(CAST) == Account.objects.count()
    assert Account.objects.get(username=lines[0]["username"]).check_password(lines[0]["password"])
    assert signins.stat().st_mode & 0o777 == 0o600
    people_of_the_demo(signins, at=make.at)
    assert signins.read_bytes() == written


def test_no_account_is_left_whose_password_nobody_knows(make: Maker, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        people_of_the_demo(tmp_path / "no-such-folder" / "signins.json", at=make.at)
    assert not Account.objects.exists()
