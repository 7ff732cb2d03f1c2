"""What stands behind the products: businesses, certificates, the indexes, events, the office."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from products.models import Certification
from promotions.catalogue import phrases
from promotions.catalogue.entries import valid_certificates
from promotions.catalogue.model import (
    AreaCodes,
    AreaGroup,
    Business,
    CertificateKindNote,
    CertificateLine,
    EventLine,
    Office,
    Reach,
    Text,
    TypeGroup,
)
from promotions.catalogue.selection import Material
from semarang_ikm.shared.days import days_in_words
from semarang_ikm.shared.qr import permanent_address
from sentra.choices import ContactKind
from sentra.codes import parse_code
from sentra.consent import Disclosure, PublicContact
from sentra.models import Kelurahan, OfficeProfile, ProductType


def in_code_order(codes: set[str] | list[str]) -> tuple[str, ...]:
    """Sentra, then businesses, then products, each by number."""
    return tuple(sorted(codes, key=lambda code: ("SUPE".find(code[0]), parse_code(code) or ("", 0))))


def _number(contact: PublicContact) -> str:
    return contact.international if get_language() == "en" else contact.national


def reach_of(disclosure: Disclosure) -> tuple[Reach, ...]:
    """Everything the print receipt lets out, owner's name first."""
    owner = [Reach(Text(_("Narahubung")), disclosure.owner_name)] if disclosure.owner_name else []
    return (*owner, *(Reach(Text(str(ContactKind(c.kind).label)), _number(c)) for c in disclosure.contacts))


def office_of(office: OfficeProfile) -> Office:
    numbers = [(ContactKind.WHATSAPP, office.whatsapp), (ContactKind.TELEPHONE, office.telephone)]
    reach = [Reach(Text(_office_label(kind)), _number(PublicContact(kind, value))) for kind, value in numbers if value]
    if office.email:
        reach.append(Reach(Text(_("Surel")), office.email))
    return Office(
        name=phrases.text_of(office, "name"),
        address=office.address,
        hours=phrases.text_of(office, "hours"),
        reach=tuple(reach),
    )


def _office_label(kind: str) -> str:
    return _("WhatsApp") if kind == ContactKind.WHATSAPP else _("Telepon")


def business_lines(material: Material, site: str) -> tuple[Business, ...]:
    codes: dict[int, list[str]] = {}
    for product in material.products:
        if product.ikm_id:
            codes.setdefault(product.ikm_id, []).append(product.code)
    lines = []
    for ikm in material.businesses:
        home = material.sentra_by_pk.get(ikm.sentra_id or 0)
        disclosure = material.disclosures[ikm]
        lines.append(
            Business(
                code=ikm.code,
                name=disclosure.name,
                kind=Text(ikm.get_kind_display()),
                place=ikm.kelurahan.name if ikm.kelurahan else "",
                sentra=home.code if home else "",
                reach=reach_of(disclosure),
                products=in_code_order(codes.get(ikm.pk, [])),
                address=permanent_address(site, ikm.code),
            )
        )
    return tuple(lines)


def kind_notes(material: Material) -> tuple[CertificateKindNote, ...]:
    """The kinds a reader of this selection can meet: those for food only where there is food."""
    has_food = any(product.product_type.is_food for product in material.products)
    met = {row.kind_id for row in _certificates_with_products(material)} | {
        row.kind_id for row in material.own_certificates
    }
    return tuple(
        CertificateKindNote(
            slug=kind.slug,
            name=kind.name,
            full_name=phrases.text_of(kind, "full_name"),
            promise=phrases.text_of(kind, "promise"),
            how_to_check=phrases.text_of(kind, "how_to_check"),
        )
        for kind in material.kinds
        if kind.pk in met or has_food or not kind.for_food_only
    )


def _certificates_with_products(material: Material) -> dict[Certification, list[str]]:
    found: dict[Certification, list[str]] = {}
    for product in material.products:
        for row in valid_certificates(product, material):
            found.setdefault(row, []).append(product.code)
    return found


def certificate_lines(material: Material) -> tuple[CertificateLine, ...]:
    names = {ikm.pk: material.disclosures[ikm].name for ikm in material.businesses}
    rows = {**_certificates_with_products(material), **{row: [] for row in material.own_certificates}}
    positions = {kind.pk: place for place, kind in enumerate(material.kinds)}
    ordered = sorted(rows, key=lambda row: (positions[row.kind_id], names.get(row.ikm_id, ""), row.number))
    return tuple(
        CertificateLine(
            kind=row.kind.name,
            kind_slug=row.kind.slug,
            number=row.number,
            state=str(row.state_on(material.day)),
            until=Text(phrases.full_date(row.expires_on) if row.expires_on else ""),
            holder=names.get(row.ikm_id, ""),
            products=in_code_order(rows[row]),
        )
        for row in ordered
    )


def area_index(material: Material) -> tuple[AreaGroup, ...]:
    """Kecamatan, kelurahan, codes: the sentra there, the businesses, and the products of businesses."""
    found: dict[Kelurahan, set[str]] = {}
    for sentra in material.sentra:
        for location in sentra.locations.all():
            if location.used_until is None:
                found.setdefault(location.kelurahan, set()).add(sentra.code)
    for ikm in material.businesses:
        if ikm.kelurahan:
            found.setdefault(ikm.kelurahan, set()).add(ikm.code)
    for product in material.products:
        if product.ikm and product.ikm.kelurahan:
            found.setdefault(product.ikm.kelurahan, set()).add(product.code)
    groups: dict[str, list[Kelurahan]] = {}
    for kelurahan in sorted(found, key=lambda area: (area.kecamatan.name, area.name)):
        groups.setdefault(kelurahan.kecamatan.name, []).append(kelurahan)
    return tuple(
        AreaGroup(kecamatan, tuple(AreaCodes(area.name, in_code_order(found[area])) for area in areas))
        for kecamatan, areas in groups.items()
    )


def type_index(material: Material) -> tuple[TypeGroup, ...]:
    """Product types in the order of the tree, each with the codes of its products."""
    codes: dict[ProductType, list[str]] = {}
    for product in material.products:
        codes.setdefault(product.product_type, []).append(product.code)
    ordered = sorted(codes, key=lambda kind: (kind.position, kind.name))
    return tuple(TypeGroup(phrases.text_of(kind, "name"), in_code_order(codes[kind])) for kind in ordered)


def event_lines(material: Material) -> tuple[EventLine, ...]:
    return tuple(
        EventLine(
            name=phrases.text_of(event, "name"),
            when=Text(days_in_words(event.starts_on, event.ends_on, event.date_precision)),
            place=event.place or (event.kelurahan.name if event.kelurahan else ""),
        )
        for event in material.events
    )
