"""The book: what a catalogue says (promotions.catalogue), fallen into pages of a chosen paper and set as HTML and PDF."""
