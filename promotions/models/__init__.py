"""The nouns of the promotions app, a file each."""

from promotions.models.appearance import Appearance
from promotions.models.case_paper import CaseDocument, CaseLetter
from promotions.models.catalogue_edition import CatalogueEdition, EditionEntry, EditionWaiver
from promotions.models.edition_document import EditionDocument, EditionFile, EditionMask, EditionPhoto
from promotions.models.edition_freezing import EditionFreezing
from promotions.models.facilitation_case import CaseStep, FacilitationCase
from promotions.models.fair_selection import FairSelection, SelectionDecision, SelectionRule
from promotions.models.layout_check import LayoutCheck
from promotions.models.ledger_business import LedgerBusiness
from promotions.models.partner import Partner
from promotions.models.promotion import Promotion
from promotions.models.selection_change import SelectionReopening, SelectionWithdrawal

__all__ = [
    "Appearance",
    "CaseDocument",
    "CaseLetter",
    "CaseStep",
    "CatalogueEdition",
    "EditionDocument",
    "EditionEntry",
    "EditionFile",
    "EditionFreezing",
    "EditionMask",
    "EditionPhoto",
    "EditionWaiver",
    "FacilitationCase",
    "FairSelection",
    "LayoutCheck",
    "LedgerBusiness",
    "Partner",
    "Promotion",
    "SelectionDecision",
    "SelectionReopening",
    "SelectionRule",
    "SelectionWithdrawal",
]
