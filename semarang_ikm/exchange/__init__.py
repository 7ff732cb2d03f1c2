"""Spreadsheets in and out: an import is a proposal that an officer approves, an export is what a list shows.

One declaration of columns a kind (`kinds`) drives the template, the reading, the comparison, the writing and the export
(docs/adr/0023-import-as-a-proposal.md).
"""
