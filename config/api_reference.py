"""The OpenAPI document laid out for a page: sections of acts, each with what it takes and gives. Pure.

Words are given in HTML by `say` (paragraphs) and `say_in_line`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "put", "post", "patch", "delete")
DEEPEST = 4


@dataclass(frozen=True)
class Field:
    """One member of a document: `showings[].id`, what kind of value it is, and what it means."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class Answer:
    status: str
    words: str
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """One operation: `anchor` names it on the page."""

    anchor: str
    method: str
    path: str
    summary: str
    words: str
    parameters: list[Field]
    body: list[Field]
    examples: list[tuple[str, str]]
    answers: list[Answer]


@dataclass(frozen=True)
class Section:
    title: str
    acts: list[Act]


Say = Callable[[str], str]


def lay_out(document: Mapping[str, Any], *, say: Say, say_in_line: Say) -> list[Section]:
    """The document's acts by their first tag; sections whose tag has words (not only a path's part) come first."""
    layout, sections = _Layout(document, say, say_in_line), dict[str, list[Act]]()
    for path, item in document["paths"].items():
        for method in METHODS:
            if operation := item.get(method):
                title = (operation.get("tags") or [""])[0]
                sections.setdefault(title, []).append(layout.act(path, method, operation))
    titles = sorted(sections, key=lambda title: " " not in title)
    return [Section(title, sections[title]) for title in titles]


class _Layout:
    def __init__(self, document: Mapping[str, Any], say: Say, say_in_line: Say) -> None:
        self.document, self.say, self.say_in_line = document, say, say_in_line

    def act(self, path: str, method: str, operation: Mapping[str, Any]) -> Act:
        """An operation; one without a summary has the beginning of its description for one."""
        words = operation.get("description", "")
        summary = operation.get("summary") or re.split(r"[.:;\n]", words, maxsplit=1)[0]
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        return Act(
            anchor=operation["operationId"].replace("_", "-"),
            method=method.upper(),
            path=path,
            summary=summary,
            words="" if words.rstrip(".") == summary else self.say(words),
            parameters=[self.parameter(parameter) for parameter in operation.get("parameters", [])],
            body=list(self.fields(body.get("schema", {}))),
            examples=[_example(*named) for named in body.get("examples", {}).items()],
            answers=[self.answer(*told) for told in operation["responses"].items()],
        )

    def parameter(self, parameter: Mapping[str, Any]) -> Field:
        kinds = {"path": "in the address", "header": "header", "query": "after ?"}
        words = self.say_in_line(parameter.get("description", ""))
        return Field(parameter["name"], kinds[parameter["in"]], parameter.get("required", False), words)

    def answer(self, status: str, told: Mapping[str, Any]) -> Answer:
        """An answer; the members of a refusal are told once, for all problems."""
        schema = next(iter(told.get("content", {"": {}}).values())).get("schema", {})
        fields = list(self.fields(schema)) if status.startswith("2") else []
        return Answer(status, self.say_in_line(told.get("description", "")), fields)

    def fields(self, schema: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[Field]:
        """The members of a schema, those of its parts after it: `showings[]`, `showings[].id`."""
        schema = resolve(self.document, schema)
        if schema.get("type") == "array":
            yield from self.fields(schema["items"], f"{prefix}[]", depth)
            return
        for name, member in schema.get("properties", {}).items():
            inner = resolve(self.document, member)
            if inner.get("readOnly") and schema.get("additionalProperties") is False:
                continue
            path = f"{prefix}.{name}" if prefix else name
            words = self.say_in_line(_words(inner))
            yield Field(path, _kind(self.document, inner), name in schema.get("required", ()), words)
            if depth < DEEPEST:
                yield from self.fields(inner, path, depth + 1)


def _example(name: str, example: Mapping[str, Any]) -> tuple[str, str]:
    text = json.dumps(example["value"], indent=2, ensure_ascii=False)
    return example.get("summary", name), text


def resolve(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with its reference followed; what is said beside the reference counts."""
    for parts in (schema.get("allOf"), [{"$ref": schema["$ref"]}] if "$ref" in schema else None):
        if parts and len(parts) == 1:
            name = parts[0]["$ref"].rpartition("/")[2]
            return {**document["components"]["schemas"][name], **_beside(schema)}
    return schema


def _beside(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}


def _words(schema: Mapping[str, Any]) -> str:
    """What a member means, without the list of its choices, which its kind says."""
    return str(schema.get("description", "")).partition("\n\n* ")[0].partition("* `")[0].strip()


def _kind(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " or ".join(str(choice) or "nothing" for choice in schema["enum"])
    for either in ("oneOf", "anyOf"):
        if either in schema:
            return " or ".join(dict.fromkeys(_kind(document, resolve(document, s)) for s in schema[either]))
    kind = schema.get("type", "")
    if kind == "array":
        return f"list of {_kind(document, resolve(document, schema['items']))}"
    return (
        " or ".join(kind)
        if isinstance(kind, Sequence) and not isinstance(kind, str)
        else _plain(kind, schema)
    )


def _plain(kind: str, schema: Mapping[str, Any]) -> str:
    formats = {"date": "date", "date-time": "date and time", "uri": "address", "uuid": "UUID"}
    names = {"string": "text", "integer": "number", "boolean": "true or false", "object": "object"}
    return formats.get(schema.get("format", ""), names.get(kind, kind or "anything"))
