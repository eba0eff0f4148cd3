"""Users: the people who work here, and the tokens with which their programs ask."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

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


@personal_data(
    purpose=sentence("to let a program ask in the name of someone who works here, and to show which did"),
    kept=sentence("as long as its user; the token itself is not kept, only a hash of it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    user=Datum.STAFF,
    name=Datum.STAFF,
    scopes=Datum.NONE,
    prefix=Datum.NONE,
    hash=Datum.NONE,
    made_at=Datum.STAFF,
    last_used_at=Datum.STAFF,
    expires_at=Datum.NONE,
    ended_at=Datum.STAFF,
)
class ApiToken(models.Model):
    """What a program shows to ask in its user's name: never more than its scopes, nor than that user may just then.

    ``hash`` is the SHA-256 of the token; ``prefix`` the part of it by which people tell theirs apart, which is no
    secret. ``last_used_at`` is the hour, not the moment.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    prefix = models.CharField(max_length=8)
    hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()

    @property
    def works(self) -> bool:
        """Whether it still lets anything in."""
        return self.ended_at is None and not self.expired and self.user.is_active


@personal_data(
    purpose=sentence("to do once what a program asks again because it heard no answer"),
    kept=sentence("a week"),
    id=Datum.NONE,
    user=Datum.STAFF,
    key=Datum.NONE,
    asked=Datum.NONE,
    made=Datum.NONE,
    at=Datum.NONE,
)
class AskedOnce(models.Model):
    """A request that a program named by a ``key`` of its own. ``asked`` is a keyed hash of it, which tells nothing;
    ``made`` the public id of what it brought about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    asked = models.BinaryField(max_length=32)
    made = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="asked_once")]

    def __str__(self) -> str:
        return self.key
