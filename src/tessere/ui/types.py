"""What a page needs to know of its tenant and of the person who reads it.

The gate and the portals build these; the layouts read them under the names `brand`, `account`,
`menu` and `bell`. They are plain values, so that a template never starts a query.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who answers, and how to reach them; an empty value is not shown."""

    name: str = ""
    address: str = ""
    phones: Sequence[str] = ()
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class HomeScreen:
    """How the site stands on the home screen of a telephone, and what works there offline."""

    label: str
    icon_url: str
    manifest_url: str
    worker_url: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class Brand:
    """The tenant as its users see it."""

    name: str
    authority: str
    slogan: str = ""
    logo_url: str = ""
    stylesheet_url: str = ""
    home_url: str = "/"
    home_screen: HomeScreen | None = None
    contact: Contact = field(default_factory=Contact)
    links: Sequence[Link] = ()

    @property
    def initials(self) -> str:
        """Two letters, drawn when there is no logo."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper() or "T"


@dataclass(frozen=True, kw_only=True)
class Account:
    """The person who is signed in."""

    name: str
    sign_out_url: str
    role_label: str = ""
    initials: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """An entry of the main menu."""

    label: str
    url: str
    icon: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Bell:
    """What is new for the person who is signed in: how much, and where it is told.

    `live_url` answers with the sign alone, when the stream at `stream_url` says that it changed;
    without them the next page tells.
    """

    unread: int
    url: str
    live_url: str = ""
    stream_url: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The label of a radio or check option that says more than a word.

    A form passes it where Django takes a label: `(benefit.pk, Choice(label=…, side="42,00 €"))`.
    """

    label: str
    more: str = ""
    side: str = ""
    icon: str = ""
    tone: str = ""
    disabled: bool = False

    def __str__(self) -> str:
        return self.label
