"""The officers' desk: what needs a hand, broken down by place and kind, and the report of a year (ADR 24)."""
