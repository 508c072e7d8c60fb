"""Reading an export back, row by row, however long it is and however its JSON is laid out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

CHUNK = 1 << 20
NO_RECORDS = ("posts", "trail")
_BLANK = " \t\r\n"
_LONGEST_CELL = 1 << 30


class NoExport(Exception):
    """The file is none that `tandem export` wrote, or it is cut off; the sentence says where."""


def trail_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rows under `trail`, of a JSON export or a zip of CSV files. Raises NoExport and OSError."""
    if zipfile.is_zipfile(path):
        csv.field_size_limit(_LONGEST_CELL)
        return ({name: _value(name, cell) for name, cell in row.items()} for row in _from_zip(path, "trail"))
    return _from_json(path)


def records_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and row of all but the posts and the trail; cells of a CSV file are text. Raises NoExport and OSError."""
    if not zipfile.is_zipfile(path):
        yield from ((key, row) for key, row in _rows_of_json(path) if key not in NO_RECORDS)
        return
    csv.field_size_limit(_LONGEST_CELL)
    with zipfile.ZipFile(path) as folder:
        keys = [name.removesuffix(".csv") for name in folder.namelist()]
    for key in keys:
        if key not in NO_RECORDS:
            yield from ((key, row) for row in _from_zip(path, key))


def _from_zip(path: Path, key: str) -> Iterator[dict[str, Any]]:
    try:
        with zipfile.ZipFile(path) as folder, folder.open(f"{key}.csv") as file:
            yield from csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))
    except (KeyError, UnicodeDecodeError, ValueError, csv.Error, zipfile.BadZipFile) as error:
        raise NoExport(f"{path} holds no whole {key}.csv ({error})") from error


def _value(name: str, cell: str | None) -> Any:
    if name in ("seq", "part", "version"):
        return int(cell) if cell else None
    if name in ("changes", "source"):
        return json.loads(cell) if cell else None
    return cell if cell or name in ("event", "reason") else None


def _from_json(path: Path) -> Iterator[dict[str, Any]]:
    return (row for key, row in _rows_of_json(path) if key == "trail")


def _rows_of_json(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open("rb") as file:
        reader = _Reader(io.TextIOWrapper(file, "utf-8"))
        found = False
        try:
            for key in reader.keys_of_object():
                for row in reader.items_of_array():
                    yield key, row
                found = found or key == "trail"
        except (ValueError, UnicodeDecodeError) as error:
            raise NoExport(f"{path} is no whole JSON export: {error}") from error
        if not found:
            raise NoExport(f"{path} holds no trail")


class _Reader:
    """Takes JSON apart at its two outer levels, an object of arrays, and keeps no more than one row."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._text, self._at, self._read = file, "", 0, 0
        self._decoder = json.JSONDecoder()

    def keys_of_object(self) -> Iterator[str]:
        self._take("{")
        if self._peek() == "}":
            self._take("}")
        else:
            while True:
                key = self._one()
                self._take(":")
                yield key
                if self._take(",}") == "}":
                    break
        if self._peek():
            raise ValueError(f"something follows its end at character {self._place()}")

    def items_of_array(self) -> Iterator[Any]:
        self._take("[")
        if self._peek() == "]":
            self._take("]")
            return
        while True:
            yield self._one()
            if self._take(",]") == "]":
                return

    def _place(self) -> int:
        return self._read - len(self._text) + self._at

    def _more(self) -> bool:
        chunk = self._file.read(max(CHUNK, len(self._text) - self._at))
        self._text, self._at = self._text[self._at :] + chunk, 0
        self._read += len(chunk)
        return bool(chunk)

    def _peek(self) -> str:
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _BLANK:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _take(self, marks: str) -> str:
        found = self._peek()
        if not found or found not in marks:
            wanted = " or ".join(repr(mark) for mark in marks)
            raise ValueError(f"{wanted} expected at character {self._place()}, {found or 'the end'!r} found")
        self._at += 1
        return found

    def _one(self) -> Any:
        if self._peek() not in tuple('{["'):
            raise ValueError(f"an object expected at character {self._place()}")
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise ValueError(f"it is cut off or broken at character {self._place()} ({error.msg})") from None
            else:
                return value
