"""Accounts of officers: roles, one-time passwords without a mail server, leavers, locks (ADR 22)."""
