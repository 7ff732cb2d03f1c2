"""What is planted: words and numbers that occur nowhere else; and whether a text holds one, in whatever spelling."""

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote

from sentra.choices import ContactKind, PersonalField

NAME = "Zubaidah Wiryokusumo"
# Of the owner: leaves under a receipt for its field, and then on that channel only. Of a number its middle, which
# stands in 0812…, +62812…, 62812… and in what is written with dashes, dots and spaces alike.
PERSONAL = {
    PersonalField.NAME: ["Zubaidah"],
    PersonalField.OWNER_NAME: ["Qomariyah"],
    PersonalField.WHATSAPP: ["81298765432"],
    PersonalField.TELEPHONE: ["243571113"],
    PersonalField.EMAIL: ["rahasia@sentinel.example"],
    PersonalField.ADDRESS: ["Gang Kelinci 77"],
    PersonalField.MAP_POINT: ["6.98765", "110.43434"],
    PersonalField.WEBSITE: ["sentinel-shop.example"],
    PersonalField.NIB: ["0220009876543"],
    PersonalField.CERTIFICATE_HOLDER: ["Xaverius"],
}
CONTACTS = {
    ContactKind.OWNER_NAME: "Qomariyah",
    ContactKind.WHATSAPP: "+6281298765432",
    ContactKind.TELEPHONE: "+62243571113",
    ContactKind.EMAIL: "rahasia@sentinel.example",
    ContactKind.ADDRESS: "Gang Kelinci 77",
    ContactKind.WEBSITE: "https://sentinel-shop.example",
}
NIK = "3374015507800001"
# What only who sees personal data reads at the desk: those of the owner but the name, which is the business's, and these.
OF_PEOPLE = [
    "CatatanKontak",
    NIK,
    "CatatanIzin",
    "PemberiIzin",
    "81377712345",
    "81366654321",
    "BerkasIzin",
]
# What only who may see cases reads there.
OF_CASES = [
    "PerkaraRahasia",
    "UraianPerkara",
    "HasilPerkara",
    "LangkahRahasia",
    "SuratPerkara",
    "BerkasPerkara",
    "AlasanPerkara",
]
# Of the office: never leaves at all.
INTERNAL = [
    *OF_PEOPLE,
    *OF_CASES,
    "CatatanSertifikat",
    "CatatanKemasan",
    "HakPakaiFoto",
    "AlamatMitra",
    "FotoArsip",
    "HakPakaiKemasan",
    "petugas-rahasia",
    "LangkahLedger",
    "SalahMenurutPelapor",
    "BenarMenurutPelapor",
    "JawabanUntukPelapor",
    "KeinginanPenyunting",
    "AlasanSeleksi",
    "AlasanPerubahan",
    "BerkasImpor",
    "MetadataFoto",
]
# Not published, or no longer.
HIDDEN = ["Sentra Draf", "Usaha Draf", "Produk Draf", "Produk Tersembunyi", "Usaha Arsip", "Acara Draf", "Edisi Draf"]


def every(fields: dict) -> list[str]:
    return [value for values in fields.values() for value in values]


OF_OWNER = every(PERSONAL)
EVERYTHING = [*OF_OWNER, *INTERNAL, *HIDDEN]

_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?:<[^>]*>|[\s().\-/\u00a0\u2010\u2011\u2012\u2013])+(?=\d)")


def seen_in(text: str, secrets: Iterable[str]) -> list[str]:
    """Which of them the text holds: in any case, written for HTML or an address, numbers in any grouping."""
    plain = unquote(html.unescape(text)).casefold()
    digits = _BETWEEN_DIGITS.sub("", plain)
    return [secret for secret in secrets if secret.casefold() in plain or (secret.isdigit() and secret in digits)]
