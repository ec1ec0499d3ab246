"""import-linter's contract for the outside world: only some packages may talk to it."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class OutsideContract(Contract):
    """Modules that reach the network, other programs or documents are for a few packages only."""

    root: Any = fields.StringField()
    allowed: Any = fields.ListField(subfield=fields.StringField())
    outside: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Look at every direct import of a module of the outside world."""
        broken = []
        for outside in sorted(set(self.outside) & graph.modules):
            for importer in sorted(graph.find_modules_that_directly_import(outside)):
                ours = importer.startswith(f"{self.root}.")
                if ours and not any(_inside(importer, package) for package in self.allowed):
                    broken.append(f"{importer} may not import {outside}")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each import that is not allowed."""
        for line in check.metadata["broken"]:
            output.print_error(line)


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
