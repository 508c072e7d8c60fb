"""The two forms of an export: one JSON object, or a zip with a CSV file for each key."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from itertools import chain
from typing import IO, Any

from core.export.rows import Export
from core.export.sources import Row


def write_json(export: Export, to: IO[bytes]) -> None:
    """One object, a row a line, in UTF-8; never the whole of it in memory."""
    to.write(b"{")
    for number, key in enumerate(export.keys()):
        to.write(f"{',' if number else ''}\n{json.dumps(key)}: [".encode())
        for count, row in enumerate(export.rows(key)):
            to.write(f"{',' if count else ''}\n{_json(row)}".encode())
        to.write(b"\n]")
    to.write(b"\n}\n")


def write_csv(export: Export, to: IO[bytes]) -> None:
    """A zip with KEY.csv for each key, in UTF-8: the first row names the columns, lists and objects are JSON."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as folder:
        for key in export.keys():  # noqa: SIM118 - an export is no mapping
            # The time stands in the rows: with a fixed one here, equal stores give equal files.
            entry = zipfile.ZipInfo(f"{key}.csv", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with folder.open(entry, "w", force_zip64=True) as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
                _write_table(_uniform(key, export.rows(key)), text)


def _uniform(key: str, rows: Iterable[Row]) -> Iterable[Row]:
    """The rows, all under the same columns; those of the two long keys have them anyway and are streamed."""
    if key in ("posts", "trail"):
        return rows
    kept = list(rows)
    columns = dict.fromkeys(chain.from_iterable(kept))
    return [{column: row.get(column) for column in columns} for row in kept]


def _write_table(rows: Iterable[Row], to: io.TextIOWrapper) -> None:
    table = csv.writer(to)
    columns: list[str] = []
    for row in rows:
        if not columns:
            columns = list(row)
            table.writerow(columns)
        table.writerow([_cell(row[column]) for column in columns])


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool() | list() | tuple() | dict():
            return _json(value)
        case _:
            return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
