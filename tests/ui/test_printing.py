"""The printed voucher carries every mention of the guide."""

import datetime as dt

import pytest

from tessere.ui.printing import PrintedVoucher, voucher_document
from tessere.ui.theme import MARVIGNY
from tessere.ui.types import Brand, Contact

EVIL = "<script>alert(1)</script>"


def document(text: str = "") -> str:
    brand = Brand(
        name=text or "Pass Horizon",
        authority=text or "Ville de Marvigny",
        contact=Contact(name=text, phones=(text,), email=text, hours=text),
    )
    voucher = PrintedVoucher(
        programme=text or "Pass Solidaire",
        holder=text or "Lina BESNARD",
        number="BGXZTJXBM",
        qr_payload=text or "https://marvigny.localhost/bon/BGXZTJXBM",
        cents=900,
        benefit=text or "Théâtre",
        partner=text or "Compagnie des Trois-Ponts",
        partner_address=text or "12, rue des Lavandières\n99210 Marvigny",
        vintage=text or "2026",
        edited_on=dt.date(2026, 6, 16),
        expires_on=dt.date(2026, 7, 16),
    )
    made = voucher_document(brand, MARVIGNY, voucher)
    assert "--brand-rgb: 14, 74, 92;" in made.css
    assert "@page" in made.css
    return made.html


@pytest.mark.parametrize(
    "mention",
    [
        '<h1 class="bon__prog">Pass Solidaire</h1>',
        "Pass Horizon, Ville de Marvigny",
        "<strong>Lina BESNARD</strong>",
        "<small>Edité le\u202f:</small> <span>16\u00a0juin 2026</span>",
        "<small>Millésime\u202f:</small> <span>2026</span>",
        "N°\u00a0BGX\u00a0ZTJ\u00a0XBM",
        "<small>Valeur\u202f:</small>9\u00a0€",
        "<small>Avantage\u202f:</small> <span>Théâtre</span>",
        "Compagnie des Trois-Ponts<br>",
        "12, rue des Lavandières<br>99210 Marvigny",
    ],
)
def test_voucher_carries_the_mention(mention: str) -> None:
    assert mention in document()


def test_everything_on_the_voucher_is_escaped() -> None:
    assert EVIL not in document(EVIL)
