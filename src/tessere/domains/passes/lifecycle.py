from tessere.domains.passes.types import VoucherStatus

VOUCHER_STEPS: dict[VoucherStatus, frozenset[VoucherStatus]] = {
    VoucherStatus.ISSUED: frozenset(
        {VoucherStatus.REDEEMED, VoucherStatus.CANCELLED, VoucherStatus.EXPIRED}
    ),
    VoucherStatus.REDEEMED: frozenset(),
    VoucherStatus.CANCELLED: frozenset(),
    VoucherStatus.EXPIRED: frozenset(),
}
