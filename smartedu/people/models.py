"""Accounts, persons and what they are here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from typing_extensions import override

LONGEST_USERNAME = 60
LONGEST_NAME = 300


class AccountManager(BaseUserManager["Account"]):
    @override
    def get_by_natural_key(self, username: str | None) -> "Account":
        """Names of accounts do not differ by case."""
        return self.get(username__iexact=username or "")


class Account(AbstractBaseUser):
    """The means to sign in; one person has one, and a pupil's needs neither e-mail nor phone."""

    personal_data: ClassVar = "account name, password hash, last sign-in; until the account is closed"

    username = models.CharField(max_length=LONGEST_USERNAME)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="account_username_any_case")]

    @override
    def __str__(self) -> str:
        return self.username


class Person(models.Model):
    """A human being the platform knows, with or without an account."""

    personal_data: ClassVar = "name; until the person leaves and the law's periods have passed"

    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=LONGEST_NAME)
    created_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"person {self.pk}"


class Role(models.TextChoices):
    STUDENT = "student"
    TEACHER = "teacher"
    PARENT = "parent"
    ADMINISTRATOR = "administrator"
    PROVIDER = "provider"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


class Membership(models.Model):
    """What a person is here; one person may be several things."""

    personal_data: ClassVar = "role of a person; until it ends"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=14, choices=Role)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "role"], name="membership_once")]

    @override
    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
