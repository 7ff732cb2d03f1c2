"""What is looked at before an edition is published: red blocks it, amber wants a reason (docs/adr/0020-press-and-preflight.md)."""
