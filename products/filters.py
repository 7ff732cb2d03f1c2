from products.catalog import ProductCatalog

__all__ = ["ProductCatalog"]
