"""What a stage is called where people read it: the title of its checklist, a company's own where it has one."""

from __future__ import annotations

from functools import cache

import yaml

from core.kernel.records import spoken
from core.kernel.templates import Words


def stage_title(stage: str | None, words: Words) -> str:
    """The title of a stage; nothing where there is none."""
    return _title(stage, words) if stage else ""


@cache
def _title(stage: str, words: Words) -> str:
    try:
        text, _file = words.source(f"checklists/{stage}.yaml")
        found = yaml.safe_load(text)
    except (LookupError, OSError, yaml.YAMLError):
        return spoken(stage)
    title = found.get("title") if isinstance(found, dict) else None
    return title.strip() if isinstance(title, str) and title.strip() else spoken(stage)
