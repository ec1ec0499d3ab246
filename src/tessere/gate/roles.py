"""What each role may do: permissions are `room.use_case`, checked again by every service."""

from tessere.domains.partners.types import PartnerRole

ANYONE = frozenset(
    {
        "identity.sign_in",
        "identity.request_link",
        "identity.choose_password",
        "partners.register",
        "notifications.write",
    }
)
SIGNED_IN = ANYONE | {"identity.change_password"}
BENEFICIARY = SIGNED_IN | {
    "redemptions.accept",
    "redemptions.find_payee",
    "passes.read",
    "passes.create_voucher",
    "passes.cancel_voucher",
    "redemptions.read_own",
    "notifications.follow",
}
_CASHIER = SIGNED_IN | {
    "redemptions.accept",
    "redemptions.note_mistyped_number",
    "redemptions.read",
    "partners.show_qr",
    "notifications.follow",
    "notifications.read",
    "notifications.mark_seen",
}
PARTNER = {
    PartnerRole.CASHIER: _CASHIER,
    PartnerRole.ADMIN: _CASHIER
    | {
        "redemptions.cancel",
        "redemptions.reopen_typed_entry",
        "reimbursements.read",
        "partners.read_agreements",
        "partners.read_structure",
        "redemptions.export",
        "redemptions.set_reference",
        "exports.read",
        "exports.download",
        "exports.delete",
    },
}
