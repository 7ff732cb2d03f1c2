"""`seed` and `seed --check`, as officers and CI call them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sentra.models import Kecamatan, Sentra

MALON_FILE = "sentra/01-batik-warna-alam-malon.toml"
TANDANG_FILE = "sentra/02-tahu-tempe-tandang.toml"
pytestmark = pytest.mark.django_db


def check(folder: Path) -> str:
    """What `--check` says; "" when it refuses nothing."""
    try:
        call_command("seed", "--check", folder=folder, verbosity=0)
    except CommandError as refusal:
        return str(refusal)
    return ""


def test_check_accepts_what_ships_and_writes_nothing():
    out = StringIO()
    call_command("seed", "--check", stdout=out)
    assert "right" in out.getvalue()
    assert not Kecamatan.objects.exists()


def test_seed_says_what_it_did_and_then_that_there_is_nothing_to_do(folder):
    first, second, silent = StringIO(), StringIO(), StringIO()
    call_command("seed", folder=folder, stdout=first)
    call_command("seed", folder=folder, stdout=second)
    call_command("seed", folder=folder, verbosity=0, stdout=silent)
    assert "rows created" in first.getvalue()
    assert "nothing to do" in second.getvalue()
    assert silent.getvalue() == ""


def test_seed_tells_of_rows_that_do_not_fit(seeded, edit):
    Sentra.objects.filter(slug="tahu-tempe-tandang").update(name="Batik Alam Malon")
    edit(MALON_FILE, 'name = "Batik Warna Alam Malon"', 'name = "Batik Alam Malon"')
    err = StringIO()
    call_command("seed", folder=seeded, stderr=err, verbosity=0)
    assert "sentra.sentra: batik-warna-alam-malon" in err.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            MALON_FILE,
            'kelurahan = "gunungpati"\nis_main',
            'kelurahan = "atlantis"\nis_main',
            "no kelurahan has the key",
        ),
        (MALON_FILE, 'product_type = "batik-warna-alam"', 'product_type = "batik-warna"', "no producttype has the key"),
        (MALON_FILE, 'recognised_by = "city"', 'recognised_by = "king"', "recognised_by"),
        (MALON_FILE, 'recognised_by = "city"', 'recogniced_by = "city"', "there is no such field"),
        (MALON_FILE, 'recognised_by = "city"', "checked_on = 2026-11-23", "not for files"),
        (MALON_FILE, "founded = 2004", 'nib = "1234567890123"', "not for files"),
        (MALON_FILE, "founded = 2004", 'founded = "lama sekali"', "founded"),
        (MALON_FILE, 'name = "Zie Batik"', "name = 5", "write a text"),
        (MALON_FILE, 'name_en = "Malon Natural-Dye Batik"', "", "the English text is missing"),
        (TANDANG_FILE, 'name = "Tahu Tempe Tandang"', 'name = "Batik Warna Alam Malon"', "is also that of"),
        (MALON_FILE, 'slug = "zie-batik"', 'slug = "salma-batik"', "two rows have this key"),
        (MALON_FILE, 'slug = "zie-batik"\n', "", "needs this"),
        (MALON_FILE, "published_on = 2026-11-23", "", "since which its rows are public"),
        (MALON_FILE, "[[question]]", "[[pertanyaan]]", "there is no such section"),
        (MALON_FILE, "published_on = 2026-11-23", "published_on = 2026-11-23\nquestion = 3", "sentra/01"),
        (MALON_FILE, 'sources = ["telusuri-malon"]', 'sources = "telusuri-malon"', "write a list"),
        (TANDANG_FILE, 'price_source = "kompastv-tahu-2022"', "", "a price needs its source"),
        (TANDANG_FILE, 'price_unit = "potong"', 'price_unit = ""', "products_product_price_with_unit_and_date"),
        (TANDANG_FILE, 'price_on = "2022"', 'price_on = "awal 2022"', "is not a year"),
        (TANDANG_FILE, "value_max = 80", "value_max = 8", "sentra_figure_range_in_order"),
        (TANDANG_FILE, 'as_of = "2022"\n', "", "as_of"),
        (TANDANG_FILE, 'source = "kompastv-tahu-2022-11"', "", "this must be given"),
        (TANDANG_FILE, "Kedelai", "Kedelai, telp 024 123 4567", "never ships"),
        (TANDANG_FILE, "Kedelai", "Kedelai, tahu@example.test", "never ships"),
        ("areas.csv", ",-6.98371,", ",16.98371,", "sentra_kelurahan_point_in_city"),
        ("areas.csv", "Semarang Tengah,semarang-tengah", "Semarang Tengah,semarang tengah", "slug"),
        ("partners.toml", 'kind = "customs"', 'kind = "other"', "kind"),
        ("certificate_kinds.toml", "validity_months = 48", "validity_months = 48.5", "validity_months"),
        ("certificate_kinds.toml", 'key = "empat-tahun"\n', "", "needs this"),
        ("certificate_kinds.toml", "in_force_until = 2022-12-29", "in_force_until = 2022-12-30", "in force on days of"),
    ],
)
def test_check_refuses_a_mistake_and_names_its_place(folder, edit, name, old, new, said):
    edit(name, old, new)
    refusal = check(folder)
    assert said in refusal
    assert name in refusal


def test_check_names_a_file_that_is_missing_or_broken(folder):
    (folder / "partners.toml").unlink()
    (folder / "areas.csv").write_bytes(b"\xff\xfe")
    (folder / MALON_FILE).write_text("[sentra\n", encoding="utf-8")
    refusal = check(folder)
    assert all(name in refusal for name in ("partners.toml", "areas.csv", MALON_FILE))


def test_seed_refuses_mistakes_too(folder, edit):
    edit(MALON_FILE, 'recognised_by = "city"', 'recognised_by = "king"')
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("seed", folder=folder)
    assert not Kecamatan.objects.exists()
