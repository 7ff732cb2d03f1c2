"""How a synthetic row is told from a real one, by people (its name) and by `remove` (its name and its address).

A slug made from a name keeps the order of its words, so a record that is really called "IKM Uji 7" gets
"ikm-uji-7": name and slug carry the same words in different order only here.
"""

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet

from products.models import Product
from promotions.models import Promotion
from sentra.choices import Confidence
from sentra.models import Ikm, Sentra, Source

NAME_PREFIX: dict[type[Model], str] = {
    Sentra: "Sentra Uji ",
    Ikm: "IKM Uji ",
    Product: "Produk Uji ",
    Promotion: "Acara Uji ",
}
SLUG_PREFIX: dict[type[Model], str] = {
    Sentra: "uji-sentra-",
    Ikm: "uji-ikm-",
    Product: "uji-produk-",
    Promotion: "uji-acara-",
}
USERNAME = "petugas-uji-sintetis"
SOURCE_KEY = "data-uji-sintetis"


def synthetic(model: type[Model]) -> QuerySet:
    """The synthetic rows of a table."""
    return model._default_manager.filter(name__startswith=NAME_PREFIX[model], slug__startswith=SLUG_PREFIX[model])


def next_number(model: type[Model]) -> int:
    """The number after the highest that a synthetic row carries; rows are numbered in the order they are stored."""
    last = synthetic(model).order_by("-pk").values_list("slug", flat=True).first()
    return int(last.removeprefix(SLUG_PREFIX[model]).split("-")[0]) + 1 if last else 1


def officer() -> User:
    """Who "checked" synthetic rows: an account that cannot log in."""
    found, created = User.objects.get_or_create(
        username=USERNAME, defaults={"first_name": "Petugas Uji", "is_active": False, "is_staff": True}
    )
    if created:
        found.set_unusable_password()
        found.save(update_fields=["password"])
    return found


def source() -> Source:
    """What synthetic prices and figures point to."""
    return Source.objects.get_or_create(
        key=SOURCE_KEY,
        defaults={
            "publisher": "Data uji sintetis",
            "title": "Angka buatan komputer, bukan keadaan sebenarnya",
            "confidence": Confidence.C,
        },
    )[0]


# -- Reaching nobody --------------------------------------------------------------------------------------------------


def telephone(number: int) -> str:
    """E.164 within 0860-00…: no operator has been given 0860, yet the form is that of a mobile number."""
    return f"+6286000{number % 1_000_000:06d}"


def email(number: int) -> str:
    """`.invalid` never resolves (RFC 2606)."""
    return f"ikm-{number:05d}@uji.invalid"


def website(number: int) -> str:
    return f"https://ikm-{number:05d}.uji.invalid/"
