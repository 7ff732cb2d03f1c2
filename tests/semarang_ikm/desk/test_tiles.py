"""Every number of the desk is the number of rows behind its link, for whoever looks."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from semarang_ikm.shared.admin.questions import questions_of
from sentra.models import Ikm, Kelurahan
from tests import factories, officers
from tests.semarang_ikm.desk.world import fill

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


def numbers(client: Client) -> dict[str, tuple[int, str]]:
    """Title and label of each number -> what it says and where it leads."""
    return {
        f"{tile.title}: {number.label}": (number.count, number.address)
        for tile in client.get(DESK).context["tiles"]
        for number in tile.numbers
    }


def rows_behind(client: Client, address: str) -> int:
    context = client.get(address).context
    return context["cl"].result_count if "cl" in context else context["page"].paginator.count


@pytest.fixture
def kelurahan() -> Kelurahan:
    place = factories.kelurahan()
    fill(place)
    return place


def test_each_number_opens_exactly_its_rows(officer_client: Client, kelurahan: Kelurahan) -> None:
    found = numbers(officer_client)
    assert {title: rows_behind(officer_client, address) for title, (_count, address) in found.items()} == {
        title: count for title, (count, _address) in found.items()
    }
    assert {title for title, (count, _address) in found.items() if not count} == set()


@pytest.mark.parametrize("role", ["Pelihat", "Penyunting", "Penerbit", "Petugas privasi", "Petugas fasilitasi"])
def test_each_role_sees_the_numbers_of_what_it_may_open(role: str, kelurahan: Kelurahan) -> None:
    client = officers.signed_in(role)
    found = numbers(client)
    assert found
    for count, address in found.values():
        assert rows_behind(client, address) == count
    assert ("Fasilitasi lewat tenggat: perkara" in found) == (role == "Petugas fasilitasi")
    assert ("Laporan dari masyarakat: " in found) == (role in ("Penyunting", "Penerbit", "Petugas privasi"))


def test_who_works_in_one_kecamatan_counts_its_rows_only(officer_client: Client, kelurahan: Kelurahan) -> None:
    fill(factories.kelurahan())
    own = officers.signed_in("Penerbit", "Petugas fasilitasi", kecamatan=[kelurahan.kecamatan])
    whole, found = numbers(officer_client), numbers(own)
    for title, (count, address) in found.items():
        assert rows_behind(own, address) == count, title
    for title in ("Belum pernah dipromosikan: usaha", "Sertifikat: segera habis", "Tanpa foto: produk"):
        assert 0 < found[title][0] < whole[title][0]
    for _name, count, address in cells(own, "kecamatan"):
        assert not address or rows_behind(own, address) == count


def test_an_officer_without_rights_sees_no_number() -> None:
    client = Client()
    client.force_login(factories.user(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(DESK)
    assert (answer.status_code, answer.context["tiles"]) == (200, [])
    assert client.get(reverse("admin:desk_breakdown", args=["kecamatan"])).status_code == 403


def test_buttons_are_those_of_what_one_may_begin(officer_client: Client) -> None:
    assert [str(words) for words, _address in officer_client.get(DESK).context["buttons"]][:2] == [
        "Tambah sentra",
        "Tambah usaha",
    ]
    assert officers.signed_in("Pelihat").get(DESK).context["buttons"] == []


def test_never_promoted_counts_by_the_ledger_of_today(officer_client: Client, kelurahan: Kelurahan) -> None:
    """A cancelled promotion and one to come promoted nobody."""
    listed = officer_client.get(questions_of(Ikm)["belum-promosi"].address()).context["cl"].result_list
    promoted = {ikm for ikm in Ikm.objects.all() if ikm.appearances.filter(promotion__cancelled_on=None).exists()}
    assert Ikm.objects.get(appearances__promotion__cancelled_on__isnull=False) in listed
    assert len(promoted & set(listed)) == 1  # the one whose promotion is tomorrow


# -- broken down ------------------------------------------------------------------------------------------------------


def cells(client: Client, grouping: str) -> Iterator[tuple[str, int, str]]:
    for line in client.get(reverse("admin:desk_breakdown", args=[grouping])).context["table"].lines:
        for cell in line.cells:
            yield str(line.name), cell.count, cell.address


@pytest.mark.parametrize("grouping", ["kecamatan", "sentra", "jenis"])
def test_each_cell_opens_exactly_its_rows(grouping: str, officer_client: Client, kelurahan: Kelurahan) -> None:
    found = list(cells(officer_client, grouping))
    linked = [(name, count, address) for name, count, address in found if address]
    assert len(linked) >= 6
    for name, count, address in linked:
        assert rows_behind(officer_client, address) == count, (name, address)


def test_a_breakdown_names_what_is_not_known(officer_client: Client, kelurahan: Kelurahan) -> None:
    names = [name for name, _count, _address in cells(officer_client, "kecamatan")]
    assert names[0] == kelurahan.kecamatan.name
    assert names[-1] == "Kelurahan belum diketahui"


def test_many_rows_ask_as_often_as_few(officer_client: Client, kelurahan: Kelurahan, count_queries) -> None:
    pages: list[str] = [
        DESK,
        *(reverse("admin:desk_breakdown", args=[key]) for key in ("kecamatan", "sentra", "jenis")),
    ]

    def asked() -> list[int]:
        return [count_queries(lambda url=url: officer_client.get(url)) for url in pages]

    asked()
    few = asked()
    for _ in range(3):
        fill(factories.kelurahan())
    assert asked() == few
    assert few[0] <= 30


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("admin:desk_breakdown", args=["sentra"])).status_code == 302


def test_a_list_ignores_a_question_that_nobody_asks(officer_client: Client) -> None:
    factories.ikm()
    answer = officer_client.get(reverse("admin:sentra_ikm_changelist"), {"meja": "apa"})
    assert answer.status_code in (200, 302)


def test_an_address_can_be_narrowed_further() -> None:
    assert questions_of(Ikm)["lama"].address(sentra__id__exact=7).endswith("?meja=lama&sentra__id__exact=7")
