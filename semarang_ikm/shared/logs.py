"""How the server's log is written: what went wrong and where, without the rows it went wrong with."""

import logging
import re

# PostgreSQL tells the values of the row that it refused ("DETAIL: Failing row contains (…)"), in lines as they were
# typed: up to the next exception of the traceback, or the end.
_TOLD_VALUES = re.compile(
    r"^(DETAIL|CONTEXT):.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.MULTILINE | re.DOTALL
)


class Discreet(logging.Formatter):
    """A log has no consent: values that a database repeats stay out of it."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOLD_VALUES.sub(r"\1: …", super().format(record))
