"""A letter as it is printed: what an officer wrote, and of the businesses what was chosen for the agency."""

from dataclasses import dataclass
from typing import Any

from promotions.models import CaseLetter, FacilitationCase
from sentra.addresses import MAX_MERGES
from sentra.choices import PersonalField
from sentra.consent import Disclosure, hand_over
from sentra.models import CodeRedirect, Ikm, OfficeProfile


@dataclass(frozen=True)
class Named:
    """One business in a letter. `details` are in the order of the letter's columns; "" where nothing is recorded."""

    name: str
    place: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    letter: CaseLetter
    case: FacilitationCase
    office: OfficeProfile
    columns: tuple[str, ...]
    businesses: tuple[Named, ...]


def sheet_of(letter: CaseLetter) -> Sheet:
    """Read from today's rows: what was purged since is not printed again."""
    codes = codes_today(letter)
    cases = FacilitationCase.objects.filter(ikm__code__in=codes).select_related("ikm__kelurahan__kecamatan")
    by_code = {case.ikm.code: case.ikm for case in cases if case.ikm}
    businesses = [by_code[code] for code in codes if code in by_code]
    handed = hand_over(businesses, letter.personal)
    # The name has a column already.
    columns = [value for value in letter.personal if value != PersonalField.NAME]
    return Sheet(
        letter=letter,
        case=letter.case,
        office=OfficeProfile.load(),
        columns=tuple(str(PersonalField(value).label) for value in columns),
        businesses=tuple(_named(ikm, handed[ikm], columns) for ikm in businesses),
    )


def codes_today(letter: CaseLetter) -> list[str]:
    """The codes of the businesses that a letter names; of one that was merged into another since, the survivor's."""
    codes = list(letter.codes)
    for _step in range(MAX_MERGES):
        survivors = dict(CodeRedirect.objects.filter(code__in=codes).values_list("code", "survivor_code"))
        if not survivors:
            break
        codes = [survivors.get(code, code) for code in codes]
    return list(dict.fromkeys(codes))


def _named(ikm: Ikm, handed: Disclosure, columns: list[str]) -> Named:
    place = f"{ikm.kelurahan.name}, {ikm.kelurahan.kecamatan.name}" if ikm.kelurahan else ""
    return Named(handed.name, place, tuple(_detail(handed, value) for value in columns))


def _detail(handed: Disclosure, value: str) -> str:
    plain: dict[str, Any] = {PersonalField.OWNER_NAME: handed.owner_name, PersonalField.NIB: handed.nib}
    if value in plain:
        return plain[value]
    return ", ".join(contact.national for contact in handed.contacts if contact.kind == value)
