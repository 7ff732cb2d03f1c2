"""What must be true of the shipped content before a row of it is written. Needs no tables."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model
from django.utils import translation

from products.actions.certificates import rules_overlap
from products.models import CertificationRule, Product
from semarang_ikm.content.reading import Content
from semarang_ikm.content.rows import Problem, Row, fields_of, identities_of, is_to_many, is_to_one

# Personal data never ships. Codes of areas and numbers of laws have no leading 0 or +62.
_TELEPHONE = re.compile(r"(?<![\d.,])(?:\+62|\(?0)[\d() .\-]{7,}\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def problems_of(content: Content) -> list[Problem]:
    """Everything that is wrong with the content, in the order of the files; empty when it may be loaded."""
    keys: Counter[tuple[type[Model], str]] = Counter((row.model, row.key) for row in content.rows)
    problems = list(content.problems)
    # Many rows put the same question to the same condition.
    judged: dict[tuple, str] = {}
    with translation.override("en"):
        for row in content.rows:
            found = _row_problems(row, keys, judged)
            problems += [Problem(row.origin, row.key, name, message) for name, message in found]
        problems += _twins(content)
        problems += _overlaps(content)
    return list(dict.fromkeys(problems))


def _row_problems(row: Row, keys: Counter, judged: dict[tuple, str]) -> Iterator[tuple[str, str]]:
    if keys[row.model, row.key] > 1:
        yield "", "two rows have this key"
    for name, item in fields_of(row.model).items():
        value = row.values[name]
        if is_to_many(item) or is_to_one(item):
            yield from _relation_problems(row, name, keys)
            continue
        try:
            item.clean(value, None)
        except ValidationError as error:
            yield name, "; ".join(error.messages)
        if isinstance(value, str):
            yield from _text_problems(row, name, value)
    yield from _rule_problems(row, judged)


def _relation_problems(row: Row, name: str, keys: Counter) -> Iterator[tuple[str, str]]:
    item, value = fields_of(row.model)[name], row.values[name]
    wanted = value if is_to_many(item) else [value] if value else []
    if not wanted and not (item.blank if is_to_many(item) else item.null):
        yield name, "this must be given"
    for key in wanted:
        if not keys[item.related_model, key]:
            yield name, f"no {item.related_model._meta.model_name} has the key {key!r}"


def _text_problems(row: Row, name: str, text: str) -> Iterator[tuple[str, str]]:
    english = f"{name}_en"
    if text and english in row.values and not row.values[english]:
        yield english, "the English text is missing"
    if name.endswith("_en") and text and not row.values[name.removesuffix("_en")]:
        yield name.removesuffix("_en"), "the Indonesian text is missing"
    if name != "url" and (_TELEPHONE.search(text) or _EMAIL.search(text)):
        yield name, "this looks like a telephone number or e-mail address, which never ships"


def _rule_problems(row: Row, judged: dict[tuple, str]) -> Iterator[tuple[str, str]]:
    """The table's own named conditions, and that no price stands without its source."""
    if row.model is Product and row.values["price_min"] is not None and not row.values["price_source"]:
        yield "price_source", "a price needs its source"
    # Conditions ask only whether a relation is set.
    values = {
        name: (1 if row.values[name] else None) if is_to_one(item) else row.values[name]
        for name, item in fields_of(row.model).items()
        if not is_to_many(item)
    }
    for rule in row.model._meta.constraints:
        if isinstance(rule, CheckConstraint):
            question = (rule.name, *(values.get(name) for name in sorted(rule.condition.referenced_base_fields)))
            if question not in judged:
                judged[question] = _verdict(row, rule, values)
            if judged[question]:
                yield rule.name, judged[question]


def _verdict(row: Row, rule: CheckConstraint, values: dict[str, Any]) -> str:
    """What is wrong with the row by that condition, or ""."""
    record = row.model(**{fields_of(row.model)[name].attname: value for name, value in values.items()})
    try:
        rule.validate(row.model, record)
    except ValidationError as error:
        return "; ".join(error.messages)
    return ""


def _twins(content: Content) -> Iterator[Problem]:
    """Rows of one table that the database would take for the same row."""
    seen: dict[tuple, str] = {}
    for row in content.rows:
        for names in identities_of(row.model):
            values = tuple(row.values[name] for name in names)
            if None in values:
                continue
            first = seen.setdefault((row.model, names, values), row.key)
            if first != row.key:
                yield Problem(row.origin, row.key, names[-1], f"{values[-1]!r} is also that of {first}")


def _overlaps(content: Content) -> Iterator[Problem]:
    """Rules of a kind that would both be in force on some day (products.rule_guard)."""
    periods = ("in_force_from", "in_force_until")
    rows = [
        (row, {name: row.values[name] for name in periods}) for row in content.rows if row.model is CertificationRule
    ]
    for (first, one), (second, other) in combinations(rows, 2):
        if first.values["kind"] != second.values["kind"]:
            continue
        # A value that is no date was told of already.
        dated = all(value is None or isinstance(value, date) for value in (*one.values(), *other.values()))
        if dated and rules_overlap(CertificationRule(**one), CertificationRule(**other)):
            yield Problem(second.origin, second.key, "in_force_from", f"in force on days of {first.key}")
