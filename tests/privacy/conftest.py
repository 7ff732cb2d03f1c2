from collections.abc import Callable
from pathlib import Path

import pytest

from promotions.models import CatalogueEdition
from sentra.models import Ikm
from tests.privacy import world


@pytest.fixture(autouse=True)
def site(settings, tmp_path: Path) -> None:
    """Feeds, the sitemap and the pictures of shared links exist for a site with an address only."""
    settings.SITE_URL = "https://sentra.example"
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def owner(db: None) -> Ikm:
    return world.plant()


@pytest.fixture
def printed(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable
) -> Callable[[Ikm], CatalogueEdition]:
    """Publishes an edition with the owner in it. Its file is any bytes: what is set into type is read in test_papers."""
    from promotions.editions import making
    from promotions.editions.reading import Made

    def publish(owner: Ikm) -> CatalogueEdition:
        with monkeypatch.context() as quick, django_capture_on_commit_callbacks(execute=True):
            quick.setattr(making, "make_pdf", lambda *_args: Made(b"%PDX", 8, {}))
            return world.print_edition(owner)

    return publish
