from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from tessere.foundation.db.models import WalledManager, WalledModel


class User(WalledModel, AbstractBaseUser):
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    activated_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    provisional_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "email"], name="identity_user_email_unique"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="identity_user_email_lower",
            ),
        ]


class Session(WalledModel, AbstractBaseSession):
    sign_in_key = models.UUIDField(null=True)

    objects: ClassVar[Any] = WalledManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sign_in_key"], name="identity_session_one_a_sign_in"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "expire_date"], name="identity_session_expiry"),
        ]


class SignInThrottle(WalledModel):
    subject = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)
    last_failure = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "subject"],
                name="identity_sign_in_throttle_subject_unique",
            ),
        ]
