"""The shape of ``coded/tables.toml``: what a data folder can say of the tables that it has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = ["GROUPS", "MARKS", "ColumnDeclaration", "Declaration", "TableDeclaration"]

#: Types that mean several columns at once, which need no description.
GROUPS = ("quote", "speech", "basis", "note")

#: How many marks the style sheet of source pages has for tables that a folder declares.
MARKS = 6

_Name = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
_Term = Annotated[str, Field(pattern="^[a-z][a-z0-9-]*$")]
#: One line that is not blank, and not markup: it goes into the data dictionary and onto pages.
_Text = Annotated[str, Field(pattern=r"^[^\x00-\x1f<>]*[^\s\x00-\x1f<>][^\x00-\x1f<>]*$")]
_Label = Annotated[str, Field(pattern=r"^[^\s;\x00-\x1f]([^;\x00-\x1f]*[^\s;\x00-\x1f])?$")]
_Type = Literal[
    "text", "id", "integer", "number", "boolean", "date", "quantity", "pinpoint", "citation",
    "quote", "speech", "basis", "note",
]  # fmt: skip


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _defined(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list) or not all(isinstance(term, str) for term in value):
        raise ValueError("a list of texts, or a table of texts with their definitions")
    if len(set(value)) < len(value):
        raise ValueError("each term once")
    return dict.fromkeys(value, "")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ColumnDeclaration(_Strict):
    """A column, or by its type a group of columns."""

    type: _Type = "text"
    description: str = ""
    vocabulary: _Term | None = Field(None, alias="list")
    one_of: Annotated[dict[_Label, str] | None, BeforeValidator(_defined), Field(min_length=1)] = None
    link: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")] | None = None
    separator: Literal[";", "|", ","] | None = None
    unit: _Text | None = None
    required: bool = True


class EditionDeclaration(_Strict):
    """How the rows of a table are marked on the page of their source."""

    mark: Annotated[int, Field(ge=1, le=MARKS)]
    name: _Text | None = None
    plural: _Text | None = None
    label: _Text | None = None
    text: str = ""
    shown: bool = True


class PassDeclaration(_Strict):
    """What of the rows of a table the coding passes compare."""

    variable: _Term
    column: _Name
    each: bool = False


class TableDeclaration(_Strict):
    """A table."""

    title: _Text
    description: _Text
    path: Annotated[str, Field(pattern=r"^(coded|reference)(/[a-z0-9][a-z0-9_-]*)+\.csv$")] | None = None
    key: Annotated[list[_Name], BeforeValidator(_listed), Field(min_length=1)]
    label: _Name | None = None
    coverage: bool = False
    numbers: dict[_Term, _Name] | None = None
    compared: PassDeclaration | None = Field(None, alias="pass")
    edition: EditionDeclaration | None = None
    columns: Annotated[dict[_Name, ColumnDeclaration], Field(min_length=1)]


class Declaration(_Strict):
    """The whole file."""

    lists: dict[_Term, _Text] = Field(default_factory=dict)
    tables: dict[_Name, TableDeclaration] = Field(default_factory=dict)
