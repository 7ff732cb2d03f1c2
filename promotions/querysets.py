"""What the pages of the promotions app read."""

from semarang_ikm.shared.querysets import PublishableQuerySet


class PromotionQuerySet(PublishableQuerySet):
    """Occasions; drafts and archived ones are for officers only."""
