"""Forms of bringing a week as a file: the file, and what its columns are."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from .showtimes_file import MOST_BYTES, MOST_ROWS
from .showtimes_table import FIELDS, MOST_COLUMNS, Cell, Table, is_complete

TOO_LARGE = "This file is larger than 2 MB: more than any week. Nothing was kept of it."


class WeekFileForm(forms.Form):
    file = forms.FileField(
        label="The file",
        help_text="CSV, Excel (.xlsx) or calendar (.ics), at most 2 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ics,text/csv,text/calendar"}),
        error_messages={
            "required": "Choose the file first.",
            "empty": "This file is empty. Save it again and bring it once more.",
        },
    )
    choose = forms.BooleanField(label="Let me say which column is what", required=False)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ColumnsForm(forms.Form):
    """Which column is what; the table itself comes along, for a file cannot be sent twice."""

    table = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, table: Table | None = None, columns: Any = None) -> None:
        super().__init__(data)
        self.kept = table or _table_from(self.data.get("table", ""))
        headers = [(header, header) for header in dict.fromkeys(filter(None, self.kept.headers))]
        for name, words in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=words,
                required=name == "film",
                choices=[("", "in no column"), *headers],
                initial=(columns or {}).get(name, ""),
                error_messages={"required": "Say which column names the film."},
            )
        self.fields["table"].initial = _table_as_text(self.kept)

    @property
    def columns(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data.get(name)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("film") and not is_complete(self.columns):
            self.add_error("time", "Say where the day and the time stand: in two columns, or in one.")
        return data


def _table_as_text(table: Table) -> str:
    rows = [[_packed(cell) for cell in row] for row in table.rows]
    return json.dumps({"headers": table.headers, "rows": rows}, ensure_ascii=False)


def _packed(cell: Cell) -> str | list[str]:
    """JSON knows no times: they travel with the name of their type."""
    return cell if isinstance(cell, str) else [type(cell).__name__, cell.isoformat()]


def _unpacked(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell
    kind, text = cell
    return {"datetime": dt.datetime, "date": dt.date, "time": dt.time}[kind].fromisoformat(text)  # type: ignore[attr-defined]


def _table_from(text: str) -> Table:
    """The table that a form brought back; an empty one where it is none of ours."""
    try:
        given = json.loads(text)
        headers = tuple(map(str, given["headers"]))[:MOST_COLUMNS]
        rows = tuple(tuple(map(_unpacked, row))[: len(headers)] for row in given["rows"][:MOST_ROWS])
    except (ValueError, TypeError, KeyError):
        return Table((), ())
    return Table(headers, tuple(row for row in rows if len(row) == len(headers)))
