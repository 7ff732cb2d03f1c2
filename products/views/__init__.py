"""Public pages of products and certificates."""
