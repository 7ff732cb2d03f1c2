"""The nouns of the sentra app, a file each."""

from sentra.models.addressable import Addressable, Coded, PastSlug
from sentra.models.area import AreaAlias, Kecamatan, Kelurahan
from sentra.models.boundary import BoundarySet, BoundaryShape
from sentra.models.change_set import Change, ChangeSet, TrailDoor
from sentra.models.code_sequence import CodeRedirect, CodeSequence
from sentra.models.contact import Consent, ConsentScope, Contact
from sentra.models.data_report import DataReport
from sentra.models.data_version import DataVersion
from sentra.models.ikm import Ikm
from sentra.models.kept_file import KeptFile
from sentra.models.not_duplicate import NotDuplicate
from sentra.models.office_profile import OfficeProfile
from sentra.models.officer import Officer
from sentra.models.product_type import ProductType
from sentra.models.review import Review
from sentra.models.saved_filter import SavedFilter
from sentra.models.search_entry import NamedTwice, SearchEntry
from sentra.models.search_variant import SearchVariant
from sentra.models.seed_record import SeedRecord
from sentra.models.sent_form import SentForm
from sentra.models.sentra import Figure, OpenQuestion, Sentra, SentraLocation
from sentra.models.sentra_photo import SentraPhoto
from sentra.models.source import Source
from sentra.models.undo_work import UndoWork

__all__ = [
    "Addressable",
    "AreaAlias",
    "BoundarySet",
    "BoundaryShape",
    "Change",
    "ChangeSet",
    "CodeRedirect",
    "CodeSequence",
    "Coded",
    "Consent",
    "ConsentScope",
    "Contact",
    "DataReport",
    "DataVersion",
    "Figure",
    "Ikm",
    "Kecamatan",
    "Kelurahan",
    "KeptFile",
    "NamedTwice",
    "NotDuplicate",
    "OfficeProfile",
    "Officer",
    "OpenQuestion",
    "PastSlug",
    "ProductType",
    "Review",
    "SavedFilter",
    "SearchEntry",
    "SearchVariant",
    "SeedRecord",
    "SentForm",
    "Sentra",
    "SentraLocation",
    "SentraPhoto",
    "Source",
    "TrailDoor",
    "UndoWork",
]
