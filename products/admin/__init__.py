"""The officers' pages of the products app, a file per noun."""

from products.admin import certificate_kinds, certifications, examples, packaging, products, questions

__all__ = ["certificate_kinds", "certifications", "examples", "packaging", "products", "questions"]
