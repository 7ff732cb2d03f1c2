"""Imports and exports in the officers' site."""

from semarang_ikm.exchange.admin import exports, proposals

__all__ = ["exports", "proposals"]
