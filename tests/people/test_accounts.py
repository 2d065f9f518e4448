"""Accounts: made by an action, signed in with by a page that gives nothing away."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from smartedu.base.errors import DomainError
from smartedu.people.actions import create_person
from smartedu.people.models import Account, Membership, Person, Role
from tests.library.makers import Maker

PASSWORD = "meadow-lantern-4711"


@pytest.fixture
def teacher(make: Maker) -> Person:
    return create_person("林知远", username="lin", password=PASSWORD, roles=[Role.TEACHER], by=None, at=make.at)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def sign_in(browser: Client, username: str, password: str, **more: str) -> object:
    browser.get("/zh/sign-in")
    token = browser.cookies["csrftoken"].value
    return browser.post(
        "/zh/sign-in", {"username": username, "password": password, "csrfmiddlewaretoken": token, **more}
    )


def test_a_person_is_made_with_account_and_roles(teacher: Person) -> None:
    assert teacher.account is not None
    assert teacher.account.password.startswith("argon2")
    assert list(Membership.objects.values_list("person_id", "role")) == [(teacher.pk, "teacher")]


def test_a_name_is_taken_in_any_case(teacher: Person, make: Maker) -> None:
    with pytest.raises(DomainError) as refusal:
        create_person("别人", username="LIN", password=PASSWORD, roles=[], by=None, at=make.at)
    assert refusal.value.problems[0].place == "username"
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="Lin", created_at=make.at)
    assert Person.objects.count() == 1


def test_a_weak_password_is_refused(make: Maker) -> None:
    for password in ("123", "12345678", "password"):
        with pytest.raises(DomainError):
            create_person("某人", username="someone", password=password, roles=[], by=None, at=make.at)
    assert not Account.objects.exists()


def test_a_refused_password_is_told_in_both_languages(make: Maker) -> None:
    with pytest.raises(DomainError) as refusal:
        create_person("某人", username="someone", password="123", roles=[], by=None, at=make.at)
    problem = refusal.value.problems[0]
    assert "密码" in problem.zh
    assert "password" in problem.en


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [("", "某人", "username"), ("x" * 61, "某人", "username"), ("a\0b", "某人", "username"), ("a", "长" * 301, "name")],
)
def test_names_that_cannot_be_stored_are_refused(make: Maker, username: str, name: str, field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        create_person(name, username=username, password=PASSWORD, roles=[], by=None, at=make.at)
    assert [problem.place for problem in refusal.value.problems] == [field]


def test_a_role_named_twice_is_one(make: Maker) -> None:
    roles = [Role.TEACHER, Role.TEACHER]
    create_person("某人", username="someone", password=PASSWORD, roles=roles, by=None, at=make.at)
    assert Membership.objects.count() == 1


def test_signing_in_and_out(teacher: Person, browser: Client) -> None:
    response = sign_in(browser, "LIN", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/zh/me")  # type: ignore[attr-defined]
    assert "林知远" in browser.get("/zh/me").content.decode()
    assert browser.get("/me/hello").json() == {"signed_in": True, "name": "林知远"}
    assert "林知远" not in browser.get("/zh/").content.decode()
    token = browser.cookies["csrftoken"].value
    browser.post("/zh/sign-out", {"csrfmiddlewaretoken": token})
    assert browser.get("/me/hello").json() == {"signed_in": False, "name": ""}


def test_signing_in_changes_the_session(teacher: Person, browser: Client) -> None:
    browser.cookies["sessionid"] = "chosen-by-somebody-else"
    sign_in(browser, "lin", PASSWORD)
    assert browser.cookies["sessionid"].value != "chosen-by-somebody-else"


def test_the_page_does_not_tell_whether_an_account_exists(teacher: Person, browser: Client) -> None:
    wrong = sign_in(browser, "lin", "not-the-password").content.decode()  # type: ignore[attr-defined]
    unknown = sign_in(browser, "nobody", "not-the-password").content.decode()  # type: ignore[attr-defined]
    told = [line for line in wrong.splitlines() if 'role="alert"' in line]
    assert told
    assert told == [line for line in unknown.splitlines() if 'role="alert"' in line]


def test_a_form_without_its_token_is_refused(teacher: Person, browser: Client) -> None:
    response = browser.post("/zh/sign-in", {"username": "lin", "password": PASSWORD})
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(teacher: Person, browser: Client, target: str) -> None:
    response = sign_in(browser, "lin", PASSWORD, next=target)
    assert response["Location"] == "/zh/me"  # type: ignore[index]


def test_guessing_is_slowed_for_that_account_from_that_address_only(teacher: Person, browser: Client) -> None:
    for _ in range(8):
        sign_in(browser, "lin", "wrong")
    assert sign_in(browser, "lin", PASSWORD).status_code == 429  # type: ignore[attr-defined]
    elsewhere = RequestFactory().post("/zh/sign-in", headers={"host": "localhost"}, REMOTE_ADDR="192.0.2.9")
    assert authenticate(elsewhere, username="lin", password=PASSWORD) is not None


def test_my_page_is_for_those_signed_in(browser: Client, db: None) -> None:
    response = browser.get("/zh/me")
    assert (response.status_code, response["Location"]) == (302, "/zh/sign-in?next=/zh/me")
