"""Rows of help given: letters and papers of cases, photos of packaging. As tests/factories.py makes the others."""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile

from products.models import PackagingPhoto
from promotions.models import CaseDocument, CaseLetter
from tests import factories


def case_letter(**fields: Any) -> CaseLetter:
    if "case" not in fields:
        fields["case"] = factories.case()
    n = factories.number()
    fields = {
        "number": f"{fields['case'].number}/{n}",
        "key": f"{n}",
        "written_on": factories.days_ago(3),
        "addressed_to": "Direktur Utama",
        "subject": "Tekanan air",
        "facts": "Air kecil sejak Maret.",
        "request": "Mohon pipanya diperiksa.",
    } | fields
    return CaseLetter.objects.create(**fields)


def case_document(**fields: Any) -> CaseDocument:
    if "case" not in fields:
        fields["case"] = factories.case()
    # A PDF as far as its first bytes say.
    scan = ContentFile(b"%PDF-1.4 uji", "berkas.pdf")
    return CaseDocument.objects.create(**{"title": "Jawaban mitra", "file": scan} | fields)


def packaging_photo(moment: str = "before", *, cleared: bool = False, **fields: Any) -> PackagingPhoto:
    """For the file alone, unless its use is cleared."""
    if "support" not in fields:
        fields["support"] = factories.packaging_support()
    fields = {
        "image": factories.photo_file(),
        "alt": f"Kemasan {moment}",
        "credit": "Pemotret Uji",
        "usage_right": "Dibuat untuk pengujian",
    } | fields
    return PackagingPhoto.objects.create(moment=moment, is_cleared=cleared, **fields)


def officer_who_may(*permissions: str) -> User:
    """A staff account with these permissions and no others: `officer_who_may("promotions.view_facilitationcase")`."""
    user = User.objects.create_user(f"staf-{factories.number()}", password="rahasia-staf", is_staff=True)
    for each in permissions:
        app, codename = each.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user
