"""An account's rights as people read them."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from semarang_ikm.roles import ROLES
from sentra.models import Kecamatan, Officer

_LABELS = {role.name: role.label for role in ROLES}


def roles_of(user: User) -> str:
    names = [str(_LABELS.get(group.name, group.name)) for group in user.groups.all()]
    return ", ".join([_("Pengelola situs")] * user.is_superuser + names) or "–"


def areas_told(user: User) -> str:
    officer: Officer | None = getattr(user, "officer", None)
    areas: list[Kecamatan] = list(officer.kecamatan.all()) if officer else []
    return ", ".join(area.name for area in areas) or _("seluruh kota")
