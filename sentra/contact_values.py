"""Contacts as they are stored: numbers in E.164, links with their scheme, everything else as typed but tidy."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.phones import InvalidPhone, parse_phone
from sentra.choices import ContactKind

NOT_A_NUMBER = _("Nomor ini tidak dapat dihubungi. Tulis misalnya 0812-0000-0000 atau (024) 000-0000.")
NO_WHATSAPP = _("Ini nomor telepon rumah atau kantor, yang tidak punya WhatsApp. Pilih macam “Nomor telepon”.")
NOT_AN_EMAIL = _("Alamat surel ini tidak lengkap. Tulis misalnya nama@contoh.id.")
NOT_A_LINK = _("Alamat web ini tidak lengkap. Tulis misalnya https://contoh.id.")

_is_email = EmailValidator(message=NOT_AN_EMAIL)
_is_link = URLValidator(schemes=["http", "https"], message=NOT_A_LINK)


def contact_value(kind: str, typed: str) -> str:
    """What is stored for a contact that an officer typed. Raises ValidationError with a sentence for the form."""
    tidy = " ".join(typed.split())
    if kind in {ContactKind.WHATSAPP, ContactKind.TELEPHONE}:
        return phone_value(tidy, mobile_only=kind == ContactKind.WHATSAPP)
    if kind == ContactKind.EMAIL:
        _is_email(tidy)
    elif kind == ContactKind.WEBSITE:
        tidy = tidy if "://" in tidy else f"https://{tidy}"
        _is_link(tidy)
    elif kind == ContactKind.MAP_POINT:
        return ""
    return tidy


def phone_value(typed: str, *, mobile_only: bool = False) -> str:
    """The number in E.164. Raises ValidationError when it cannot be dialled, or has no WhatsApp where one is needed."""
    try:
        phone = parse_phone(typed)
    except InvalidPhone as error:
        raise ValidationError(NOT_A_NUMBER, code="phone") from error
    if mobile_only and not phone.is_mobile:
        raise ValidationError(NO_WHATSAPP, code="landline")
    return phone.e164
