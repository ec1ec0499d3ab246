from collections.abc import Mapping

from tessere.domains.exports.types import Definition
from tessere.domains.redemptions.listing import beneficiaries_table, operations_table

# What the worker makes for this room, by the name that a request for a file bears.
EXPORTS: Mapping[str, Definition] = {
    "redemptions.operations": operations_table,
    "redemptions.beneficiaries": beneficiaries_table,
}
