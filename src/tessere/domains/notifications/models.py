from django.db import models

from tessere.foundation.db.models import WalledModel


class Change(WalledModel):
    """What a transaction changed: topics such as `partner:12`, with spaces between them."""

    topics = models.TextField()


class SeenMark(WalledModel):
    """Up to when a person has seen what happened about a topic; the user is a plain id."""

    user_id = models.BigIntegerField()
    topic = models.CharField(max_length=60)
    seen_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user_id", "topic"], name="notifications_seen_mark_once"
            ),
        ]


class OutboxMail(WalledModel):
    kind = models.CharField(max_length=60)
    recipient = models.EmailField(max_length=254)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "due_at", "id"],
                condition=models.Q(sent_at=None),
                name="notifications_outbox_mail_due",
            ),
        ]
