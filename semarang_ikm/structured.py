"""The site itself as JSON-LD."""

from django.urls import reverse
from django.utils.translation import get_language

from semarang_ikm.shared.structured import Data, absolute, document


def home_page() -> Data:
    """The site and its search."""
    return document(
        {
            "@type": "WebSite",
            "name": "Sentra Semarang",
            "url": absolute(reverse("home")),
            "inLanguage": get_language(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    )
