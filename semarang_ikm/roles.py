"""The officers' roles: one table of who may do what to which model. Django's groups are kept after it (ADR 22).

Every model with an admin page stands here, with its own rows (inlines); a page without a line is refused by a test.
What a role may not see of a row, and which rows an officer works on, is said elsewhere: semarang_ikm.shared.admin.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VIEW, ENTER, WORK, ALL = ("view",), ("view", "add"), ("view", "add", "change"), ("view", "add", "change", "delete")
PUBLISH = (*ALL, "publish")

# What the public may see once it is published, and the rows that such a record owns.
RECORDS = ("sentra.sentra", "sentra.ikm", "products.product", "promotions.promotion")
OWNED = (
    "sentra.sentralocation",
    "sentra.sentraphoto",
    "sentra.figure",
    "sentra.openquestion",
    "products.productphoto",
    "promotions.appearance",
)
# What is true or not, with a paper behind it: nobody publishes it.
FACTS = ("products.certification", "products.packagingsupport", "products.packagingphoto")
WORDS = ("sentra.areaalias", "sentra.searchvariant")
# What every record refers to and many pages show at once.
REFERENCE = (
    "sentra.producttype",
    "products.certificatekind",
    "products.certificationrule",
)
GIVEN = ("sentra.kecamatan", "sentra.kelurahan", "sentra.officeprofile")
CITED = ("sentra.source", "promotions.partner")
EDITIONS = ("promotions.catalogueedition",)
EDITION_ROWS = ("promotions.editionentry",)
# Who takes part, and why: whoever may enter participants may prepare and accept a selection.
SELECTIONS = ("promotions.fairselection", "promotions.selectionrule")
# Spreadsheets on their way in; the tables that their rows belong to have their own line.
IMPORTS = ("exchange.importproposal",)
# Written by programs, or the same rows seen in another light.
KEPT = ("promotions.ledgerbusiness", "promotions.editionfile", "promotions.editionmask")


@dataclass(frozen=True)
class Role:
    """`name` is the group's, `label` what people read; `grants` names actions per model; `beyond` are permissions that belong to no action on a row."""

    name: str
    label: Any
    sentence: Any
    grants: Mapping[str, tuple[str, ...]]
    beyond: tuple[str, ...] = field(default=())

    def permissions(self) -> Iterator[str]:
        """Django's names: `sentra.view_ikm`."""
        for label, actions in self.grants.items():
            app, model = label.split(".")
            yield from (f"{app}.{action}_{model}" for action in actions)
        yield from self.beyond


def _each(models: tuple[str, ...], actions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(models, actions)


_SEEN = RECORDS + OWNED + FACTS + WORDS + REFERENCE + GIVEN + CITED + EDITIONS + EDITION_ROWS + SELECTIONS + KEPT

_VIEWER = _each(_SEEN, VIEW)

_EDITOR = (
    _VIEWER
    | _each(RECORDS + OWNED + FACTS + WORDS + EDITIONS + EDITION_ROWS + SELECTIONS, ALL)
    | _each(CITED, WORK)
    | {
        "promotions.editionfile": ("view", "change"),
        "sentra.datareport": ("view", "change"),
        # Written down from the owner's form; read again by who may see personal data.
        "sentra.contact": ("add",),
        "sentra.consent": ("add",),
        "sentra.review": VIEW,
        "sentra.changeset": VIEW,
    }
    | _each(IMPORTS, WORK)
)

_PUBLISHER = (
    _EDITOR
    | _each(RECORDS + EDITIONS, PUBLISH)
    | _each(REFERENCE + CITED, ALL)
    | _each(GIVEN, ("view", "change"))
    | {"sentra.review": ("view", "change")}
)

_PRIVACY = _each(RECORDS, VIEW) | {
    "products.certification": VIEW,
    "sentra.contact": ALL,
    "sentra.consent": WORK,
    "sentra.consentscope": VIEW,
    "sentra.datareport": ("view", "change", "delete"),
    "sentra.changeset": VIEW,
}

_CASES = _each(RECORDS, VIEW) | {
    "promotions.facilitationcase": ALL,
    "promotions.casestep": ALL,
    "promotions.caseletter": ENTER,
    "promotions.casedocument": ALL,
    "promotions.partner": WORK,
}

_ACCOUNTS = {
    "auth.user": WORK,
    "sentra.officer": WORK,
}

ROLES = (
    Role(
        "Pelihat",
        pgettext_lazy("role", "Pelihat"),
        _("Melihat semua data, tanpa data pribadi. Tidak mengubah apa pun."),
        _VIEWER,
    ),
    Role(
        "Penyunting",
        pgettext_lazy("role", "Penyunting"),
        _("Menulis dan memperbaiki draf, lalu meminta pemeriksaan. Yang sudah terbit hanya diubah penerbit."),
        _EDITOR,
    ),
    Role(
        "Penerbit",
        pgettext_lazy("role", "Penerbit"),
        _("Semua pekerjaan penyunting, ditambah memeriksa, menerbitkan, mengarsipkan, dan mengubah yang sudah terbit."),
        _PUBLISHER,
    ),
    Role(
        "Petugas privasi",
        pgettext_lazy("role", "Petugas privasi"),
        _("Melihat kontak, persetujuan, dan bukti; mencatat dan menarik persetujuan. Diberikan di samping peran lain."),
        _PRIVACY,
        beyond=("sentra.see_personal_data", "sentra.manage_consent"),
    ),
    Role(
        "Petugas fasilitasi",
        pgettext_lazy("role", "Petugas fasilitasi"),
        _("Melihat dan menangani perkara fasilitasi usaha."),
        _CASES,
    ),
    Role(
        "Pengelola akun",
        pgettext_lazy("role", "Pengelola akun"),
        _(
            "Membuat akun, memberi peran yang haknya ia sendiri punya, membuat kata sandi sekali pakai, dan membuka kunci."
        ),
        _ACCOUNTS,
    ),
)


def keep_roles(app_config: AppConfig, using: str, apps: Any = installed, **_: Any) -> None:
    """After `migrate`: the groups as the table has them. A former right that the table no longer names is taken back."""
    try:
        Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    # Django makes this app's permissions after it has called us.
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    with transaction.atomic(using=using):
        for role in ROLES:
            group, _created = Group.objects.using(using).get_or_create(name=role.name)
            # On the way to an older schema, what is not there yet cannot be given.
            group.permissions.set(known[name] for name in role.permissions() if name in known)
