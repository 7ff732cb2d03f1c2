"""Writes that touch several models: each keyword-only, in one transaction."""
