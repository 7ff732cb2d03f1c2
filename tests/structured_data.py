"""Reads the JSON-LD of a page as a search engine does, and checks it against the shapes of schema.org.

The shapes are those that pySHACL carries (of 2021, from schema.org's own vocabulary); what schema.org added later and
we use stands below. Nothing is fetched.
"""

import json
from functools import lru_cache
from pathlib import Path

import pyshacl
from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from tests.pages import Element

SCHEMA = Namespace("http://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
# What the published context says of kinds of values, for the properties that we use.
LINKS = ("url", "item", "image", "sameAs", "contentUrl", "license")
DAYS = ("validFrom", "expires", "startDate", "endDate", "dateModified")
NUMBERS = ("price", "lowPrice", "highPrice", "minPrice", "maxPrice", "value", "latitude", "longitude")
CONTEXT = {
    "@vocab": str(SCHEMA),
    **{name: {"@type": "@id"} for name in (*LINKS, "eventStatus")},
    **{name: {"@type": str(XSD.date)} for name in DAYS},
}
# Certification and hasCertification came in 2024 (https://schema.org/Certification), query-input is Google's.
LATER = {
    "Certification": {"certificationIdentification", "validFrom", "expires", "about", "name", "url", "issuedBy"},
}
LATER_PROPERTIES = {"hasCertification", "query-input"}


@lru_cache(maxsize=1)
def shapes() -> Graph:
    return Graph().parse(Path(pyshacl.__file__).parent / "assets" / "schema.ttl")


def documents(page: Element) -> list[dict]:
    return [json.loads("".join(script.words)) for script in page.all("script", type="application/ld+json")]


def graph_of(found: list[dict]) -> Graph:
    graph = Graph()
    for document in found:
        assert document["@context"] == "https://schema.org"
        # The shapes know the vocabulary by its older name.
        text = json.dumps({**document, "@context": CONTEXT}).replace("https://schema.org/", str(SCHEMA))
        graph.parse(data=text, format="json-ld", base="https://page.example/")
    # JSON has one kind of number, the shapes want floats.
    for name in NUMBERS:
        for thing, _name, number in list(graph.triples((None, SCHEMA[name], None))):
            graph.remove((thing, SCHEMA[name], number))
            graph.add((thing, SCHEMA[name], Literal(float(number), datatype=XSD.float)))
    # The shapes leave out the vocabulary's own values.
    for state in ("EventScheduled", "EventCancelled"):
        graph.add((SCHEMA[state], RDF.type, SCHEMA.EventStatusType))
    # An address may stand wherever a thing may: of what is behind it nothing is said here.
    for name in LINKS:
        for page in set(graph.objects(None, SCHEMA[name])):
            graph.add((page, RDF.type, SCHEMA.Thing))
    return graph


def mistakes(found: list[dict]) -> list[str]:
    """What schema.org would not understand: unknown types, properties of other types, values of a wrong kind."""
    graph = graph_of(found)
    wrong = [*_unknown(graph)]
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=shapes(), ont_graph=shapes(), inference="none")
    if not conforms:
        wrong += sorted({line for line in text.splitlines() if "Message:" in line or "Result Path:" in line})
    return wrong


def _unknown(graph: Graph) -> list[str]:
    wrong = []
    for node, kind in graph.subject_objects(RDF.type):
        name = str(kind).removeprefix(str(SCHEMA))
        allowed = LATER.get(name) or _properties(URIRef(kind))
        if not allowed:
            wrong.append(f"no type {name}")
        for predicate in set(graph.predicates(node)) - {RDF.type}:
            used = str(predicate).removeprefix(str(SCHEMA))
            if used not in allowed and used not in LATER_PROPERTIES:
                wrong.append(f"{name} has no {used}")
    return wrong


@lru_cache(maxsize=64)
def _properties(kind: URIRef) -> frozenset[str]:
    """The properties of a type and of those above it."""
    kinds = set(shapes().transitive_objects(kind, RDFS.subClassOf))
    found = {
        str(path).removeprefix(str(SCHEMA))
        for each in kinds
        for shape in shapes().objects(each, SH.property)
        for path in shapes().objects(shape, SH.path)
    }
    return frozenset(found)


def nodes(page: Element, kind: str) -> list[dict]:
    """The nodes of a type, wherever they stand."""

    def walk(value: object) -> list[dict]:
        if isinstance(value, list):
            return [node for each in value for node in walk(each)]
        if isinstance(value, dict):
            own = [value] if value.get("@type") == kind else []
            return own + [node for each in value.values() for node in walk(each)]
        return []

    return walk(documents(page))


def node(page: Element, kind: str) -> dict:
    (only,) = nodes(page, kind)
    return only
