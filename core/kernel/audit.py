"""The trail: entries in hash chains, one chain for each transfer and audience, that nothing rewrites."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import rfc8785
from sqlalchemy import BigInteger, Index, Integer, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Base, UtcDateTime
from core.kernel.ids import Audience
from core.kernel.records import CompanyOwned

_BEYOND = re.compile("[\ud800-\U0010ffff]")

START = "0" * 64
"""What the first entry of a chain follows."""


class Entry(Base):
    """One entry: the hashed `body`, and beside it only what look-ups need. Append-only by trigger."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("uq_entries_command", "command_id", "part", unique=True),
        Index("ix_entries_record", "chain", "record"),
    )

    chain: Mapped[str] = mapped_column(String(24), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    command_id: Mapped[str] = mapped_column(String(200))
    part: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    record: Mapped[str | None] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def said(self) -> dict[str, Any]:
        """The body, read: who did what by which command, and what changed."""
        return dict(msgspec.json.decode(self.body))

    def tells(self, event: str) -> bool:
        """Whether `event`, by the name it is called, is among what happened."""
        return event in self.said["event"].split()


class Source(CompanyOwned, Base):
    """What was said when a record was made, byte for byte, with its hash: as visible as the record. Append-only."""

    __tablename__ = "sources"
    __table_args__ = (Index("ix_sources_message", "message", "channel"),)

    transfer: Mapped[str] = mapped_column(String(12), primary_key=True)
    record: Mapped[str] = mapped_column(String(24), primary_key=True)
    platform: Mapped[str] = mapped_column(String(16))
    tenant: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(128))
    message: Mapped[str | None] = mapped_column(String(128))
    thread: Mapped[str | None] = mapped_column(String(128))
    author: Mapped[str] = mapped_column(String(220))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    link: Mapped[str | None] = mapped_column(Text)


def chain_name(transfer: str, audience: str) -> str:
    """`NVT/joint`; the house has one chain, `house`."""
    return transfer if transfer == "house" else f"{transfer}/{audience}"


def entries_of(record: str, transfer: str, audience: str = Audience.JOINT) -> Select[Entry]:
    """The entries of a row by its name in the trail, `ACT-001` or `room:slack:T1/C1`, in no order yet."""
    return select(Entry).where(Entry.chain == chain_name(transfer, audience), Entry.record == record)


_encode = msgspec.json.Encoder(order="deterministic").encode


def canonical(body: Mapping[str, Any]) -> str:
    """`body` as canonical JSON text (RFC 8785): the bytes that are hashed. It holds no floats.

    msgspec writes the same bytes many times as fast, but for keys beyond the Basic Multilingual Plane, which RFC 8785
    sorts by UTF-16 units; lone surrogates are refused.
    """
    text = _encode(body).decode()
    return rfc8785.dumps(dict(body)).decode() if _BEYOND.search(text) else text


def link(prev: str, body: str) -> str:
    """The hash of an entry: SHA-256 of the previous hash's hex digits followed by the body's UTF-8 bytes."""
    return hashlib.sha256(prev.encode() + body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking a chain found; `broken` is the first sequence number that does not hold, with `why`."""

    chain: str
    entries: int
    head: str
    broken: int | None = None
    why: str = ""


def verify(chain: str, entries: Iterable[tuple[int, str, str, str]]) -> Verdict:
    """Walk `(seq, body, prev, hash)` in order and say where the chain first breaks, if it does."""
    count, head = 0, START
    for seq, body, prev, digest in entries:
        if seq != count + 1:
            return Verdict(chain, count, head, count + 1, f"entry {count + 1} is missing")
        if prev != head:
            return Verdict(chain, count, head, seq, "it does not follow the entry before it")
        if link(prev, body) != digest:
            return Verdict(chain, count, head, seq, "its text does not match its hash")
        count, head = seq, digest
    return Verdict(chain, count, head)
