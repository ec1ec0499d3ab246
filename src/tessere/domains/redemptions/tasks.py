from collections.abc import Mapping

from tessere.domains.exports.types import Definition
from tessere.domains.redemptions.listing import operations_table

# What the worker makes for this room, by the name that a request for a file bears.
EXPORTS: Mapping[str, Definition] = {"redemptions.operations": operations_table}
