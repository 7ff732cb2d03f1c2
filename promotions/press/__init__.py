"""The file for the print shop: bleed, crop marks, fine photos, whole signatures (docs/adr/0020-press-and-preflight.md)."""
