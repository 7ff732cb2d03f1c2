"""Spreadsheets as officers send them."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from semarang_ikm.exchange.models import ImportProposal

HEADINGS = ("Kode", "Nama usaha", "Kelurahan", "NIB", "WhatsApp", "Jumlah pekerja", "Jumlah pekerja pada")


def book(rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS, title: str = "Usaha") -> bytes:
    made = Workbook()
    made.active.title = title
    made.active.append(list(headings))
    for row in rows:
        made.active.append(list(row))
    return saved(made)


def saved(made: Workbook) -> bytes:
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def opened(data: bytes) -> list[list[Any]]:
    """The first sheet, cell by cell."""
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).worksheets[0].iter_rows()]


def upload(client: Client, data: bytes, kind: str = "usaha", name: str = "data.xlsx") -> ImportProposal:
    """Sends the file as the form does, and expects it to be accepted; tasks run at once in tests."""
    answer = send(client, data, kind, name)
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportProposal.objects.get(pk=answer.url.rstrip("/").split("/")[-2])


def send(client: Client, data: bytes, kind: str = "usaha", name: str = "data.xlsx") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("admin:exchange_importproposal_add"), {"kind": kind, "file": file})


def decide(client: Client, proposal: ImportProposal, **fields: Any) -> Any:
    answer = client.post(reverse("admin:exchange_decide", args=[proposal.pk]), fields)
    proposal.refresh_from_db()
    return answer


def approve(client: Client, proposal: ImportProposal) -> Any:
    return decide(client, proposal, tindakan="simpan")
