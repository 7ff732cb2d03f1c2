"""The nouns of the products app, a file each."""

from products.models.certificate_kind import CertificateKind, CertificationRule
from products.models.certification import Certification
from products.models.certification_step import CertificationStep
from products.models.packaging_support import PackagingPhoto, PackagingSupport
from products.models.product import Product
from products.models.product_photo import ProductPhoto

__all__ = [
    "CertificateKind",
    "Certification",
    "CertificationRule",
    "CertificationStep",
    "PackagingPhoto",
    "PackagingSupport",
    "Product",
    "ProductPhoto",
]
