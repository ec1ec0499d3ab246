"""The bon on paper: what the guide asks for, from the records of the rooms."""

from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import VoucherDetail
from tessere.foundation.clock import local_date
from tessere.foundation.links import voucher_qr_url
from tessere.gate.page import page_palette
from tessere.ui.printing import Document, PrintedVoucher, voucher_document
from tessere.ui.types import Brand


def voucher_sheet(*, host: str, brand: Brand, detail: VoucherDetail) -> Document:
    """The A4 sheet of a bon; the day of its edition is the day on which it was made."""
    voucher, purse, place = detail.voucher, detail.purse, detail.partner.place
    proof = passes.voucher_proof(number=voucher.number)
    street = ", ".join(part for part in (place.complement, place.street) if part)
    printed = PrintedVoucher(
        programme=purse.vintage.programme_name,
        holder=purse.beneficiary.full_name,
        number=voucher.number,
        qr_payload=voucher_qr_url(host=host, number=voucher.number, proof=proof),
        cents=voucher.amount_cents,
        benefit=purse.benefit.name,
        partner=detail.partner.name,
        partner_address=f"{street}\n{place.postcode} {place.town}",
        vintage=purse.vintage.label,
        edited_on=local_date(voucher.issued_at),
        expires_on=voucher.last_day,
    )
    palette = page_palette()
    assert palette is not None
    return voucher_document(brand, palette, printed)
