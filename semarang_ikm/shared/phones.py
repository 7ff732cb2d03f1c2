"""Telephone numbers as Indonesians write them: 0812..., +62..., 62..., (024)... are one number in E.164."""

from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

HOME_REGION = "ID"
HOME_AREA_CODE = "24"
# Landlines of Semarang have seven or eight digits behind the area code.
LOCAL_DIGITS = 8
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class InvalidPhone(ValueError):
    """The text is no telephone number that can be dialled."""


@dataclass(frozen=True)
class Phone:
    """A valid number. `is_mobile` decides whether WhatsApp is offered: a landline has none."""

    e164: str
    is_mobile: bool

    @property
    def digits(self) -> str:
        """E.164 without the plus sign, as wa.me wants it."""
        return self.e164.lstrip("+")

    def national(self) -> str:
        """As Indonesians write it: 0812-0000-0000, (024) 000-0000."""
        return self._format(PhoneNumberFormat.NATIONAL)

    def international(self) -> str:
        """As one dials it from abroad: +62 812 0000 0000."""
        return self._format(PhoneNumberFormat.INTERNATIONAL).replace("-", " ")

    def _format(self, style: int) -> str:
        return phonenumbers.format_number(phonenumbers.parse(self.e164, None), style)


def parse_phone(typed: str) -> Phone:
    """Read a number in any usual spelling; a number without prefix 0 or 62 is tried as a local landline of Semarang.

    Raises InvalidPhone when it cannot be dialled.
    """
    for candidate in _readings(typed.strip()):
        try:
            number = phonenumbers.parse(candidate, HOME_REGION)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return Phone(
                e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
                is_mobile=phonenumbers.number_type(number) in _MOBILE,
            )
    raise InvalidPhone(typed)


def _readings(text: str) -> list[str]:
    """What a text may mean, best first. A mistyped mobile number must not turn into somebody's landline."""
    digits = "".join(character for character in text if character.isdigit())
    if text.startswith("+") or digits.startswith("0"):
        return [text]
    written_out = f"+{digits}" if digits.startswith("62") else text
    # Call centres (1500...) are dialled without any area code.
    is_local = len(digits) <= LOCAL_DIGITS and not digits.startswith("1")
    return [f"0{HOME_AREA_CODE}{digits}", written_out] if is_local else [written_out]
