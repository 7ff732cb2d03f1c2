"""A spreadsheet of businesses on its way in: nothing is written before an officer says so."""

import pytest
from django.urls import reverse

from semarang_ikm.exchange.choices import RowState, Stage
from semarang_ikm.exchange.models import ImportProposal
from sentra.models import Contact, Ikm
from tests import factories
from tests.semarang_ikm.exchange.files import approve, book, decide, opened, send, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def sumurrejo():
    return factories.kelurahan("Sumurrejo")


def states(proposal: ImportProposal) -> list[str]:
    return list(proposal.rows.values_list("state", flat=True))


def messages(proposal: ImportProposal) -> dict[str, str]:
    return {c["key"]: c["error"] for row in proposal.rows.all() for c in row.cells if c.get("error")}


def test_a_proposal_changes_nothing_and_its_approval_makes_drafts(officer_client, sumurrejo) -> None:
    proposal = upload(
        officer_client, book([["", "KUB Satu", "Sumurrejo", "0220001234567", "0812-3456-7890", 7, "5/1/2026"]])
    )

    assert (proposal.stage, states(proposal)) == (Stage.READY, [RowState.NEW])
    assert not Ikm.objects.exists()
    approve(officer_client, proposal)

    ikm = Ikm.objects.get()
    assert proposal.stage == Stage.APPLIED
    assert (ikm.name, ikm.kelurahan, ikm.nib, ikm.workers) == ("KUB Satu", sumurrejo, "0220001234567", 7)
    assert (ikm.workers_as_of.isoformat(), ikm.status, ikm.code) == ("2026-01-05", "draft", "U-01")
    assert ikm.slug == "kub-satu"
    assert "sumurrejo" in ikm.search_text
    assert Contact.objects.get().value == "+6281234567890"


def test_the_uploaded_file_is_gone_when_its_rows_are_read(
    officer_client, sumurrejo, media, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        proposal = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"]]))

    assert not proposal.file
    assert [path for path in (media / "private").rglob("*") if path.is_file()] == []


def test_a_second_import_of_the_same_file_creates_nothing(officer_client, sumurrejo) -> None:
    data = book([["", f"KUB {n}", "Sumurrejo", "", f"0812345678{n:02d}", "", ""] for n in range(12)])
    approve(officer_client, upload(officer_client, data))

    again = upload(officer_client, data)

    assert set(states(again)) == {RowState.SAME}
    assert Ikm.objects.count() == 12
    answer = approve(officer_client, again)
    assert answer.status_code == 302
    assert (again.stage, Ikm.objects.count()) == (Stage.READY, 12)


def test_a_file_sent_twice_is_one_proposal(officer_client, sumurrejo) -> None:
    data = book([["", "KUB Satu", "Sumurrejo"]])

    assert upload(officer_client, data) == upload(officer_client, data)


def test_approving_twice_writes_once(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"]]))
    approve(officer_client, proposal)

    answer = approve(officer_client, proposal)

    assert (answer.status_code, Ikm.objects.count()) == (302, 1)


def test_a_wrong_cell_is_told_with_what_was_probably_meant(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurjo", "812", "123", "tujuh", "31/2/2026"]]))

    assert states(proposal) == [RowState.WRONG]
    told = messages(proposal)
    assert told["kelurahan"] == "“Sumurjo” tidak ada. Maksud Anda Sumurrejo?"
    assert "13 angka" in told["nib"]
    assert "0812" in told["whatsapp"]
    assert "tujuh" in told["workers"]
    assert "tidak ada di kalender" in told["workers_as_of"]


def test_right_rows_are_written_and_wrong_ones_come_back_marked_under_their_headings(officer_client, sumurrejo) -> None:
    rows = [["", f"KUB {n}", "Sumurrejo" if n else "Sumurjo", "", f"0812345678{n:02d}", "", ""] for n in range(5)]
    proposal = upload(officer_client, book(rows))
    approve(officer_client, proposal)

    answer = officer_client.get(reverse("admin:exchange_wrong_rows", args=[proposal.pk]))

    assert Ikm.objects.count() == 4
    head, line, *right = opened(answer.content)
    assert head[:3] == ["Kode", "Nama usaha", "Kelurahan"]
    assert head[-1] == "Yang salah"
    assert line[1:3] == ["KUB 0", "Sumurjo"]
    assert line[4] == "081234567800"
    assert [(each[1], each[-1]) for each in right] == [(f"KUB {n}", None) for n in range(1, 5)]
    assert "Baris 2. Kelurahan: “Sumurjo” tidak ada." in line[-1]


def test_the_mended_wrong_rows_can_be_sent_as_they_are(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurjo"]]))
    answer = officer_client.get(reverse("admin:exchange_wrong_rows", args=[proposal.pk]))
    head, line = opened(answer.content)
    line[2] = "Sumurrejo"

    mended = upload(officer_client, book([line], head))

    assert states(mended) == [RowState.NEW]


def test_a_known_nib_or_code_updates_and_shows_old_and_new(officer_client, sumurrejo) -> None:
    factories.ikm("KUB Lama", nib="0220001234567", kelurahan=sumurrejo)
    other = factories.ikm("KUB Lain", kelurahan=sumurrejo)
    proposal = upload(
        officer_client,
        book([["", "KUB Baru", "Sumurrejo", "0220001234567"], [other.code.lower(), "KUB Lain", "Sumurrejo"]]),
    )

    first, second = proposal.rows.all()

    assert (first.state, first.cells) == (
        RowState.CHANGED,
        [{"key": "name", "before": "KUB Lama", "after": "KUB Baru"}],
    )
    assert (second.state, second.cells) == (RowState.SAME, [])
    approve(officer_client, proposal)
    assert set(Ikm.objects.values_list("name", flat=True)) == {"KUB Baru", "KUB Lain"}


def test_an_empty_cell_leaves_and_the_word_clears(officer_client, sumurrejo) -> None:
    ikm = factories.ikm("KUB Satu", kelurahan=sumurrejo, summary="Lama", minimum_order="20")
    data = book([[ikm.code, "KUB Satu", "", "(kosongkan)"]], ["Kode", "Nama usaha", "Ringkasan", "Pesanan minimum"])

    approve(officer_client, upload(officer_client, data))

    ikm.refresh_from_db()
    assert (ikm.summary, ikm.minimum_order) == ("Lama", "")


def test_a_near_match_is_a_question(officer_client, sumurrejo) -> None:
    known = factories.ikm("Batik Sekar Wangi", kelurahan=sumurrejo)
    proposal = upload(officer_client, book([["", "Batik Sekar Wangii", "Sumurrejo"]]))
    row = proposal.rows.get()
    assert (row.state, row.ticked, [c["code"] for c in row.candidates]) == (RowState.ASK, False, [known.code])

    decide(officer_client, proposal, tindakan="ingat", tampil=row.pk, **{f"jawab-{row.pk}": known.code})
    row.refresh_from_db()
    assert (row.state, row.ticked, row.code) == (RowState.CHANGED, True, known.code)

    decide(officer_client, proposal, tindakan="ingat", tampil=row.pk, centang=row.pk, **{f"jawab-{row.pk}": "new"})
    row.refresh_from_db()
    assert (row.state, row.code) == (RowState.NEW, "")

    decide(officer_client, proposal, tindakan="simpan", tampil=row.pk, **{f"jawab-{row.pk}": "skip"})
    row.refresh_from_db()
    assert (row.state, row.ticked) == (RowState.ASK, False)
    assert Ikm.objects.count() == 1


def test_a_row_that_changed_since_is_held_back(officer_client, sumurrejo) -> None:
    ikm = factories.ikm("KUB Satu", kelurahan=sumurrejo, nib="0220001234567")
    proposal = upload(officer_client, book([["", "KUB Dua", "", "0220001234567"], ["", "KUB Tiga", "Sumurrejo"]]))
    Ikm.objects.filter(pk=ikm.pk).update(name="KUB Nol")

    approve(officer_client, proposal)

    held, applied = proposal.rows.all()
    assert (held.outcome, applied.outcome) == ("held", "applied")
    assert set(Ikm.objects.values_list("name", flat=True)) == {"KUB Nol", "KUB Tiga"}


def test_only_ticked_rows_are_written(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"], ["", "KUB Dua", "Sumurrejo"]]))
    first, second = proposal.rows.all()

    decide(officer_client, proposal, tindakan="simpan", tampil=[first.pk, second.pk], centang=[second.pk])

    assert list(Ikm.objects.values_list("name", flat=True)) == ["KUB Dua"]


def test_discarding_writes_nothing_and_drops_the_rows(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"]]))

    decide(officer_client, proposal, tindakan="batal")

    assert (proposal.stage, proposal.rows.count(), Ikm.objects.count()) == (Stage.DISCARDED, 0, 0)


def test_rows_that_mean_the_same_business_stop_each_other(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"], ["", "kub  satu", "Sumurrejo"]]))

    assert states(proposal) == [RowState.NEW, RowState.WRONG]
    assert "Baris 2" in messages(proposal)["name"]


def test_an_unknown_column_is_told_with_the_nearest_name(officer_client, sumurrejo) -> None:
    answer = send(officer_client, book([["KUB Satu", "Sumurrejo"]], ["Nama usaha", "Kelurhan"]))

    assert answer.status_code == 200
    assert "Kolom “Kelurhan” tidak dikenal. Maksud Anda “Kelurahan”?" in answer.context["form"].errors["file"][0]
    assert not ImportProposal.objects.exists()
