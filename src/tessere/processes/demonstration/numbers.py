"""Numbers with valid check digits that belong to nobody."""

from stdnum import luhn


def siret(*, position: int) -> str:
    """A SIRET of a series that is not assigned; SIREN and SIRET are both valid."""
    body = f"99{position:06d}"
    siren = body + luhn.calc_check_digit(body)
    nic = f"{siren}0001"
    return nic + luhn.calc_check_digit(nic)


def iban(*, position: int) -> str:
    """A French IBAN of a bank that does not exist, with a valid key of its own and check digits."""
    bank, branch, account = "99999", "00001", f"{position:011d}"
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    bban = f"{bank}{branch}{account}{key:02d}"
    # F is 15 and R is 27: ISO 13616 puts the country behind the account before it divides.
    check = 98 - int(f"{bban}152700") % 97
    return f"FR{check:02d}{bban}"
