"""Who sends a request, as far as limits against floods need to know; and fingerprints that nobody can turn back."""

import hmac
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# A household or a phone has a whole network of this size to itself.
IPV6_PREFIX = 64
UNSPECIFIED = "::"


def address_of(request: HttpRequest) -> str:
    """The visitor's network address; "" when there is none that can be read.

    Behind PROXY_COUNT proxies of ours it is the one that the outermost of them saw; what stands before it in
    X-Forwarded-For is only claimed. Without proxies of ours the header counts for nothing.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.PROXY_COUNT and forwarded:
        seen = forwarded.split(",")[-settings.PROXY_COUNT :][0].strip()
    try:
        address = ip_address(seen)
    except ValueError:
        return ""
    return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or address)


def network_of(address: str) -> str:
    """By its first address, the network that one household has: of IPv6 a whole one, of IPv4 the address itself."""
    return str(ip_network((address, IPV6_PREFIX), strict=False).network_address) if ":" in address else address


def whose_tries(request: HttpRequest) -> str:
    """Against whom wrong passwords count. Whoever has an IPv6 network could else try from each of its addresses.

    All who have no readable address are one: without any, nothing would be counted.
    """
    return network_of(address_of(request) or UNSPECIFIED)


def daily_mark(address: str, day: date) -> str:
    """A fingerprint of the network that an address belongs to; another one every day."""
    return keyed_mark(day.isoformat(), network_of(address))


def keyed_mark(*parts: str) -> str:
    """64 hexadecimal digits that depend on every part and on the site's secret."""
    return hmac.new(settings.SECRET_KEY.encode(), "\x1f".join(parts).encode(), "sha256").hexdigest()
