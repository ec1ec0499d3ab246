from tessere.domains.redemptions.types import RedemptionStatus

REDEMPTION_STEPS: dict[RedemptionStatus, frozenset[RedemptionStatus]] = {
    RedemptionStatus.ACCEPTED: frozenset({RedemptionStatus.CANCELLED}),
    RedemptionStatus.CANCELLED: frozenset(),
}
