"""The API's description (OpenAPI 3.1), made of the same declarations as its answers."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from products.matching import PRICE_BANDS
from semarang_ikm.opendata.dataset import Dataset
from semarang_ikm.opendata.datasets import DATASETS, IN_API
from semarang_ikm.opendata.fields import Field
from semarang_ikm.opendata.forms import FORMS
from semarang_ikm.opendata.heading import SITE_NAME
from semarang_ikm.opendata.licence import Licence
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.list_request import REPEATABLE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERSION = "1"
PROBLEM = {"$ref": "#/components/schemas/problem"}


def described(text: "StrOrPromise") -> str:
    indonesian, english = in_both(text)
    return indonesian if indonesian == english else f"{indonesian} / {english}"


def document(licence: Licence | None) -> dict[str, Any]:
    info: dict[str, Any] = {
        "title": f"{SITE_NAME}: data terbuka / open data",
        "version": VERSION,
        "description": described(
            _("Baca saja, tanpa kunci. Saringannya sama dengan halaman daftarnya; teks ada dalam dua bahasa.")
        ),
    }
    if licence is not None:
        info["license"] = {"name": licence.name, "url": licence.url}
    paths = {path: item for dataset in IN_API.values() for path, item in _paths(dataset).items()}
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": settings.SITE_URL or "/"}],
        "paths": {**paths, "/data/{dataset}.{form}": _files()},
        "components": {"schemas": {**{n: record_schema(d.fields) for n, d in IN_API.items()}, "problem": _problem()}},
    }


# -- records ----------------------------------------------------------------------------------------------------------


def record_schema(fields: Iterable[Field]) -> dict[str, Any]:
    listed = list(fields)
    return {
        "type": "object",
        "properties": {field.key: field_schema(field) for field in listed},
        "required": [field.key for field in listed],
        "additionalProperties": False,
    }


def field_schema(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {**field.kind.schema, "description": _meaning(field)}
    if field.choices:
        schema["enum"] = [value for value, _words in field.options] + ([None] if field.may_be_null else [])
    if field.parts:
        schema["items"] = record_schema(field.parts)
    if field.may_be_null:
        schema["type"] = [schema["type"], "null"]
    return schema


def _meaning(field: Field) -> str:
    told = described(field.label)
    if field.unit:
        told += f" ({described(field.unit)})"
    return f"{told}. {described(_('Bila kosong'))}: {described(field.empty)}" if field.empty else told


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "properties": {"status": {"type": "integer"}, "message": text, "message_en": text},
        "required": ["status", "message", "message_en"],
    }


# -- addresses --------------------------------------------------------------------------------------------------------


def _paths(dataset: Dataset) -> dict[str, Any]:
    record = {"$ref": f"#/components/schemas/{dataset.name}"}
    address: dict[str, Any] = {"type": ["string", "null"], "format": "uri-reference"}
    page = {
        "type": "object",
        "properties": {
            "count": {"type": "integer"},
            "next": address,
            "previous": address,
            "results": {"type": "array", "items": record},
        },
        "required": ["count", "next", "previous", "results"],
        "additionalProperties": False,
    }
    about = described(dataset.about)
    return {
        f"/api/v1/{dataset.name}/": {
            "get": {
                "operationId": f"list_{dataset.name}",
                "summary": about,
                "parameters": list(parameters(dataset, "hal")),
                "responses": {
                    "200": _answer(_("Satu halaman"), page),
                    "302": {"description": described(_("Nomor halaman yang tidak ada: ke halaman pertama"))},
                },
            }
        },
        f"/api/v1/{dataset.name}/{{{dataset.identity}}}/": {
            "get": {
                "operationId": f"read_{dataset.name}",
                "summary": about,
                "parameters": [_parameter(dataset.identity, dataset.field(dataset.identity).label, "path")],
                "responses": {
                    "200": _answer(_("Satu data"), record),
                    "301": {"description": described(_("Digabung atau beralamat baru: ke alamatnya sekarang"))},
                    "404": _answer(_("Tidak pernah ada, atau tidak pernah terbit"), PROBLEM),
                    "410": _answer(_("Pernah terbit, lalu ditarik"), PROBLEM),
                },
            }
        },
    }


def parameters(dataset: Dataset, *further: str) -> Iterable[Mapping[str, Any]]:
    """The keys of the list page, as far as this dataset knows them."""
    catalog = dataset.catalog_class()
    yield _parameter("q", _("Kata yang dicari"))
    for key in catalog.facet_keys:
        schema: dict[str, Any] = {"type": "string"}
        if key == "harga":
            schema["enum"] = list(PRICE_BANDS)
        elif key == "ekspor":
            schema["enum"] = ["1"]
        if key in REPEATABLE:
            schema = {"type": "array", "items": schema}
        yield {"name": key, "in": "query", "description": described(_LEGENDS[key]), "schema": schema}
    yield {
        "name": "urut",
        "in": "query",
        "description": described(_("Urutan")),
        "schema": {"type": "string", "enum": list(catalog.sorts)},
    }
    if "hal" in further:
        yield {
            "name": "hal",
            "in": "query",
            "description": described(_("Halaman, mulai dari 1")),
            "schema": {"type": "integer", "minimum": 1},
        }


_LEGENDS = {
    "jenis": _("Jenis produk, dengan semua bagiannya"),
    "kec": _("Kecamatan"),
    "kel": _("Kelurahan"),
    "sertifikat": _("Jenis sertifikat yang berlaku hari ini"),
    "harga": _("Rentang harga dalam rupiah"),
    "ekspor": _("1: siap ekspor"),
}


def _files() -> dict[str, Any]:
    content: dict[str, Any] = {form.content_type.split(";")[0]: {"schema": {}} for form in FORMS.values()}
    return {
        "get": {
            "operationId": "download",
            "summary": described(_("Seluruh kumpulan data sebagai berkas, dengan saringan yang sama")),
            "parameters": [
                _parameter("dataset", _("Kumpulan data"), "path", list(DATASETS)),
                _parameter("form", _("Bentuk berkas"), "path", list(FORMS)),
            ],
            "responses": {"200": {"description": described(_("Berkasnya")), "content": content}},
        }
    }


def _parameter(name: str, label: "StrOrPromise", place: str = "query", values: list[str] | None = None) -> dict:
    schema: dict[str, Any] = {"type": "string", **({"enum": values} if values else {})}
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "description": described(label), "schema": schema, **required}


def _answer(label: "StrOrPromise", schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": described(label), "content": {"application/json": {"schema": schema}}}
