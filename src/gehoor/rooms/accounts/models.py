"""Users: the people who work here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.accounts.roles import May, allowed


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def make(self, *, email: str, name: str, roles: list[str], password: str | None) -> "User":
        """Keep a new user; without a password nobody can sign in as this user yet."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, roles=roles)
        user.set_password(password)
        user.save(using=self._db)
        return user


@personal_data(
    purpose=sentence("to let people who work here sign in and to show who decided what"),
    kept=sentence("as long as someone works here; the name stays with what they decided"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    password=Datum.STAFF,
    last_login=Datum.STAFF,
    email=Datum.STAFF,
    name=Datum.STAFF,
    roles=Datum.STAFF,
    language=Datum.STAFF,
    is_active=Datum.STAFF,
    made_at=Datum.STAFF,
)
class User(AbstractBaseUser):
    """Someone who works here. Signs in by e-mail address."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    def may(self, what: May) -> bool:
        """Whether one of this user's roles allows it."""
        return self.is_active and what in allowed(self.roles)
