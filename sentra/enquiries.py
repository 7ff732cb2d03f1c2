"""The first message to a maker, ready to be sent: what it is about, by name and permanent code.

Makers read Indonesian. A message from an English page says the same in both languages.
"""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from semarang_ikm.shared.bilingual import in_language
from sentra.consent import Disclosure
from sentra.models import Ikm, Sentra


def enquiry(write: Callable[[], str]) -> str:
    """What `write` says in the page's language, and below it in Indonesian where that is another."""
    words = write()
    with translation.override("id"):
        indonesian = write()
    return words if words == indonesian else f"{words}\n\n{indonesian}"


def about_sentra(sentra: Sentra, disclosure: Disclosure) -> str:
    return enquiry(
        lambda: (
            (
                _("Halo, saya melihat %(name)s (%(code)s) di Sentra Semarang. Saya ingin bertanya.")
                % {"name": in_language(sentra, "name"), "code": sentra.code}
            )
            if disclosure.is_reachable
            else to_office(in_language(sentra, "name"), sentra.code)
        )
    )


def about_business(ikm: Ikm, disclosure: Disclosure) -> str:
    return enquiry(
        lambda: (
            (
                _("Halo %(name)s, saya melihat usaha Anda (%(code)s) di Sentra Semarang. Saya ingin bertanya.")
                % {"name": disclosure.name, "code": ikm.code}
            )
            if disclosure.is_reachable
            else to_office(disclosure.name, ikm.code)
        )
    )


def to_office(name: str, code: str) -> str:
    """Where the maker's own number may not be shown, the office hands the question on."""
    return _("Halo, saya melihat %(name)s (%(code)s) di Sentra Semarang dan ingin bertanya. Mohon diteruskan.") % {
        "name": name,
        "code": code,
    }
