"""Views of the root."""
