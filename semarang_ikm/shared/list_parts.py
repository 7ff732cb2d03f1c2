"""What a list page shows beside its rows: facets and their values, chips, orders, ways out of an empty result."""

from dataclasses import dataclass

OPTIONS_SHOWN = 6


@dataclass(frozen=True)
class Option:
    """A value that can be ticked. `count`: rows with it, all other facets kept. `depth`: level in a tree, 0 the top."""

    value: str
    label: str
    count: int
    selected: bool
    depth: int = 0

    @property
    def disabled(self) -> bool:
        return self.count == 0 and not self.selected


@dataclass(frozen=True)
class Facet:
    key: str
    legend: str
    options: tuple[Option, ...]

    @property
    def shown(self) -> list[Option]:
        """What is seen at once: six, in a flat facet those that can be ticked, so that no tap is spent on zeros."""
        if any(option.depth for option in self.options):
            return list(self.options[:OPTIONS_SHOWN])
        return [option for option in self.options if not option.disabled][:OPTIONS_SHOWN] or list(
            self.options[:OPTIONS_SHOWN]
        )

    @property
    def more(self) -> list[Option]:
        seen = {option.value for option in self.shown}
        return [option for option in self.options if option.value not in seen]

    @property
    def more_open(self) -> bool:
        """A hidden value is ticked, so the rest opens itself."""
        return any(option.selected for option in self.more)


@dataclass(frozen=True)
class Chip:
    """A filter in use, with the address without it."""

    key: str
    value: str
    label: str
    facet: str
    url: str


@dataclass(frozen=True)
class Sort:
    """A way to order. `address` is its value of `urut`: empty for the one that an address without it means."""

    value: str
    label: str
    selected: bool
    address: str


@dataclass(frozen=True)
class WayOut:
    """An empty result's help: what to drop, and how many rows that gives."""

    label: str
    url: str
    predicted: int
