from dataclasses import dataclass

from django.urls import reverse

from tessere.domains.branding.types import ContactRecord


@dataclass(frozen=True, kw_only=True)
class PageBrand:
    """The brand as layouts use it."""

    name: str
    authority: str
    slogan: str
    logo_url: str
    stylesheet_url: str
    contact: ContactRecord | None


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who is signed in, as the account menu shows it."""

    name: str
    role_label: str

    @property
    def initials(self) -> str:
        """Two letters for the mark of the account."""
        words = [
            word for word in self.name.replace("-", " ").split() if word[0].isalnum()
        ]
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()

    @property
    def sign_out_url(self) -> str:
        """Where the sign-out form posts."""
        return reverse("public:identity:sign_out")

    @property
    def change_password_url(self) -> str:
        """Where the account changes its password."""
        return reverse("public:identity:change_password")
