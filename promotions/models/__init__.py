"""The nouns of the promotions app, a file each."""

from promotions.models.appearance import Appearance
from promotions.models.facilitation_case import CaseStep, FacilitationCase
from promotions.models.partner import Partner
from promotions.models.promotion import Promotion

__all__ = ["Appearance", "CaseStep", "FacilitationCase", "Partner", "Promotion"]
