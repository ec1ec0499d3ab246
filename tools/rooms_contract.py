"""import-linter's contract for rooms: who may enter them, and by which door."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class RoomsContract(Contract):
    """A module of a room is imported from outside only through the doors open to the importer."""

    parent: Any = fields.StringField()
    front_doors: Any = fields.ListField(subfield=fields.StringField())
    service_stair: Any = fields.ListField(subfield=fields.StringField())
    stair_users: Any = fields.ListField(subfield=fields.StringField())
    schedule_doors: Any = fields.ListField(subfield=fields.StringField(), default=[])
    schedule_users: Any = fields.ListField(subfield=fields.StringField(), default=[])

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Look at every import of a room's module from outside that room."""
        broken = []
        for room in sorted(graph.find_children(self.parent)):
            for module in sorted({room} | graph.find_descendants(room)):
                door = module.removeprefix(room).lstrip(".").split(".")[0]
                for importer in sorted(graph.find_modules_that_directly_import(module)):
                    if not _inside(importer, room) and door not in self._doors(importer):
                        broken += [
                            f"{importer}:{detail['line_number']} may not import {module}"
                            for detail in graph.get_import_details(
                                importer=importer, imported=module
                            )
                        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _doors(self, importer: str) -> set[str]:
        if any(_inside(importer, user) for user in self.stair_users):
            return set(self.service_stair)
        if any(_inside(importer, user) for user in self.schedule_users):
            return {*self.front_doors, *self.schedule_doors}
        return set(self.front_doors)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each import that is not allowed."""
        for line in check.metadata["broken"]:
            output.print_error(line)


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
