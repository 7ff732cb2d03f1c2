"""Whose data an officer looks for: a name, a number, a code, in whatever place we hold it."""

from collections.abc import Callable

from django.db.models import Q

from semarang_ikm.shared.phones import InvalidPhone, parse_phone
from sentra.consent import Subject
from sentra.models import Consent, Contact, Ikm, Sentra

# What an upper room finds by these words: conditions on businesses.
Finder = Callable[[str], Q]
MOST = 20

_others: list[Finder] = []


def register(finder: Finder) -> None:
    _others.append(finder)


def find_subjects(words: str) -> tuple[list[Subject], int]:
    """The businesses and sentra of which something personal matches, at most MOST of them, and how many there are.

    Every status: what is not published is held all the same.
    """
    words = " ".join(words.split())
    if not words:
        return [], 0
    contacts = Contact.objects.filter(_contact(words))
    receipts = Consent.objects.filter(person__icontains=words)
    businesses = Q(name__icontains=words) | Q(code__iexact=words) | Q(nib=words)
    for finder in _others:
        businesses |= finder(words)
    ikm = Ikm.objects.filter(businesses | Q(pk__in=contacts.values("ikm")) | Q(pk__in=receipts.values("ikm")))
    centres = Q(code__iexact=words) | Q(pk__in=contacts.values("sentra")) | Q(pk__in=receipts.values("sentra"))
    sentra = Sentra.objects.filter(centres)
    chosen = [*ikm.order_by("sort_name", "pk")[:MOST], *sentra.order_by("sort_name", "pk")[:MOST]]
    return chosen[:MOST], ikm.count() + sentra.count()


def _contact(words: str) -> Q:
    found = Q(value__icontains=words) | Q(typed__icontains=words)
    try:
        return found | Q(value=parse_phone(words).e164)
    except InvalidPhone:
        return found
