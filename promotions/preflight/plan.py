"""What the checks look at, read once: the number of queries does not depend on how many products are planned."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from promotions.catalogue import fonts, pdf
from promotions.catalogue.fonts import Typefaces
from promotions.catalogue.selection import Material, home_of
from promotions.editions.freezing import material_of
from promotions.models import CatalogueEdition, EditionEntry, LayoutCheck
from promotions.preflight.measuring import digest_of
from semarang_ikm.shared.choices import Channel
from sentra.consent import Disclosure, Subject, disclose
from sentra.models import AreaAlias, Contact, Ikm, Sentra


@dataclass(frozen=True)
class Plan:
    """An edition as it would be printed now, and what stands behind it."""

    edition: CatalogueEdition
    # In their order, also those whose product is gone or not public.
    entries: list[EditionEntry]
    # What paper would get.
    material: Material
    # Who is presented: the sentra of the products, and the businesses that make them.
    sentra: list[Sentra]
    makers: list[Ikm]
    # What the site may show of them; paper's share is in the material.
    on_web: dict[Subject, Disclosure]
    contacts: dict[Subject, list[Contact]]
    aliases: list[AreaAlias]
    site_url: str
    typefaces: Typefaces
    # Whether pages can be laid out here, whether those of now were, and what was wrong with them.
    can_measure: bool
    is_measured: bool
    flaws: list[dict[str, Any]]

    @property
    def data_day(self) -> date:
        return self.material.data_day

    @property
    def needs_english(self) -> bool:
        return "en" in self.edition.languages


def read(edition: CatalogueEdition) -> Plan:
    material = material_of(edition)
    check = LayoutCheck.objects.filter(edition=edition).first()
    is_measured = check is not None and check.digest == digest_of(edition, material)
    homes = {home_of(product) for product in material.products}
    making = {product.ikm_id for product in material.products}
    sentra = [row for row in material.sentra if row.pk in homes]
    makers = [row for row in material.businesses if row.pk in making]
    return Plan(
        edition=edition,
        entries=list(edition.entries.select_related("product__ikm", "product__sentra")),
        material=material,
        sentra=sentra,
        makers=makers,
        on_web=disclose([*sentra, *makers], Channel.WEB),
        contacts=_contacts(sentra, makers),
        aliases=list(AreaAlias.objects.select_related("kecamatan", "kelurahan")),
        site_url=settings.SITE_URL,
        typefaces=fonts.installed(),
        can_measure=pdf.is_available(),
        is_measured=is_measured,
        flaws=check.flaws if check and is_measured else [],
    )


def _contacts(sentra: list[Sentra], makers: list[Ikm]) -> dict[Subject, list[Contact]]:
    """What is kept of each, whether it may be shown or not: for officers only."""
    subjects_of: list[Subject] = [*sentra, *makers]
    found: dict[Subject, list[Contact]] = {subject: [] for subject in subjects_of}
    both: tuple[tuple[str, list[Any]], ...] = (("sentra", sentra), ("ikm", makers))
    for relation, subjects in both:
        by_pk = {subject.pk: subject for subject in subjects}
        for contact in Contact.objects.filter(**{f"{relation}__in": list(by_pk)}):
            found[by_pk[getattr(contact, f"{relation}_id")]].append(contact)
    return found
