"""Public pages of sentra, businesses, areas and product types."""
