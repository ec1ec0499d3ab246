from django.db import models

from tessere.domains.branding.rules import LONGEST_SHORT_NAME
from tessere.foundation.db.models import WalledModel


class Brand(WalledModel):
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=LONGEST_SHORT_NAME)
    authority = models.CharField(max_length=140)
    slogan = models.CharField(max_length=120, blank=True)
    logo_digest = models.CharField(max_length=64, blank=True)
    brand_rgb = models.CharField(max_length=13)
    accent_rgb = models.CharField(max_length=13)
    on_brand = models.CharField(max_length=7)
    corner_px = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="branding_brand_one"),
        ]


class ContactPoint(WalledModel):
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    phones = models.JSONField(default=list)
    # Days, times and weekly exceptions; the text says what was known before they had a form.
    opening = models.JSONField(default=list)
    closures = models.JSONField(default=list)
    hours_text = models.CharField(max_length=401, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "position"],
                name="branding_contact_point_position_unique",
            ),
        ]


class LegalPage(WalledModel):
    kind = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind"], name="branding_legal_page_kind_unique"
            ),
        ]
