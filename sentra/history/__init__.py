"""The trail of changes: written by receivers (writing), grouped by `recording`, read by officers, undone by actions.

How a model takes part, and how writes to many rows leave a trail: docs/adr/0021-history.md. Actions that put back
(sentra.history.undoing) are imported from there: they call upon what stands above the models.
"""

from sentra.history.reading import changes_of, version_of
from sentra.history.recording import recording, recording_if_any

__all__ = ["changes_of", "recording", "recording_if_any", "version_of"]
