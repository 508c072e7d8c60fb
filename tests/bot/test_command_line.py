"""Each command from outside: its answer, its exit code, and one line for whatever was wrong."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bot.conftest import Tandem

COMMANDS = (
    "run",
    "web",
    "worker",
    "migrate",
    "rehearse",
    "doctor",
    "manifest",
    "admin",
    "export",
    "audit",
    "templates",
    "bench",
)


def test_alone_it_shows_every_command(tandem: Tandem) -> None:
    told = tandem()
    assert told.code == 0
    assert [name for name in COMMANDS if name not in told.out] == []
    assert told.err == ""


@pytest.mark.parametrize(
    "command", [*COMMANDS, "admin grant", "audit verify", "manifest slack", "manifest teams", "templates check"]
)
def test_each_command_explains_itself(tandem: Tandem, command: str) -> None:
    told = tandem(*command.split(), "--help")
    assert told.code == 0
    assert told.out.startswith(f"usage: tandem {command}")


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("exprot", "export"),
        ("admin grant", "PERSON"),
        ("admin grant anna", "slack:T…/U…"),
        ("admin grant slack:U1/T1", "slack:T…/U…"),
        ("admin grant irc:anna", "rehearsal:NAME"),
        ("export --side both", "sponsor"),
        ("export --format xml", "json"),
        ("export", "`tandem run`"),
        ("audit verify", "`tandem run`"),
        ("audit verify --head 12345", "16 digits"),
        ("audit verify --file nothing.json", "nothing.json cannot be read"),
        ("manifest slack --url tandem", "https://tandem.example.com"),
        ("manifest slack --to /no/such/folder/manifest.json", "cannot be written"),
        ("manifest teams", "MICROSOFT_APP_ID is not set"),
        ("manifest teams --url tandem", "https://tandem.example.com"),
        ("rehearse --speed fast", "a number above 0"),
        ("rehearse --script nothing.jsonl", "nothing.jsonl cannot be read"),
        ("templates show decision/decision", "decisions/decision"),
        ("templates check nowhere", "no such folder"),
        ("run --port 80", "--help"),
        ("audit", "one of verify"),
        ("admin", "one of grant, list"),
        ("manifest", "one of slack, teams"),
        ("templates", "one of list, show, check"),
        ("admin grant rehearsal:nobody", "one of aoife, priya,"),
        ("admin grant rehearsal:training/Nobody", "rehearsal:NAME"),
    ],
)
def test_bad_input_is_one_line_and_2(tandem: Tandem, line: str, right: str) -> None:
    told = tandem(*line.split())
    assert told.code == 2
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("tandem")
    assert right in told.err


@pytest.mark.parametrize("command", ["run", "web", "worker", "migrate", "export", "admin list"])
def test_a_store_that_is_not_there_is_one_line(tandem: Tandem, command: str) -> None:
    told = tandem(*command.split(), DATABASE_URL="postgresql://tandem:hunter2@127.0.0.1:9/x", PORT="0")
    assert told.code == 2
    assert told.err.count("\n") == 1
    assert "127.0.0.1:9" in told.err
    assert "hunter2" not in told.err


def test_as_a_program_it_ends_the_same_way() -> None:
    ended = subprocess.run([sys.executable, "-m", "bot", "exprot"], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr


ROOT = Path(__file__).parents[2]


def test_migrate_twice_is_fine(tandem: Tandem) -> None:
    assert tandem("migrate").code == 0
    assert tandem("migrate").out == "The store has the newest schema.\n"


def test_migrate_goes_as_the_owner(tandem: Tandem) -> None:
    tandem("migrate", DATABASE_OWNER_URL="sqlite:///owned.db", DATABASE_URL="postgresql://127.0.0.1:9/x")
    assert Path("owned.db").is_file()


def test_an_administrator_is_granted_once_and_listed(tandem: Tandem) -> None:
    assert "no administrator yet" in tandem("admin", "list").out
    assert tandem("admin", "grant", "slack:T1/U1").out == "slack:T1/U1 is an administrator now.\n"
    again = tandem("admin", "grant", "slack:T1/U1")
    assert (again.code, again.out) == (0, "slack:T1/U1 is an administrator already.\n")
    assert tandem("admin", "list").out == "slack:T1/U1\n"
    (entry,) = [row for row in _trail(tandem) if row["event"] == "AdministratorGranted"]
    assert (entry["chain"], entry["record"]) == ("house", "administrator:slack:T1/U1")
    assert (entry["actor"], entry["role"]) == ("operator", "operator")
    assert entry["changes"]["identity"] == [None, "slack:T1/U1"]


def test_ids_of_teams_may_be_copied_in_capitals(tandem: Tandem) -> None:
    ids = "B28FDBFD-2B78-4F93-B0F8-8881793F0F8F/00000000-0000-4000-8000-00000000ABCD"
    assert tandem("admin", "grant", f"teams:{ids}").out == f"teams:{ids.lower()} is an administrator now.\n"


def test_a_rehearsal_s_administrator_is_none_of_the_real_store(tandem: Tandem) -> None:
    assert "rehearsal:training/aoife is an administrator now" in tandem("admin", "grant", "rehearsal:aoife").out
    assert "no administrator yet" in tandem("admin", "list").out


def _trail(tandem: Tandem) -> list[dict[str, object]]:
    told = tandem("export")
    assert told.code == 0, told.err
    trail: list[dict[str, object]] = json.loads(told.out)["trail"]
    return trail


def test_that_an_export_was_made_stands_in_it(tandem: Tandem) -> None:
    tandem("migrate")
    assert [row["record"] for row in _trail(tandem)] == ["export:all"]
    assert tandem("export", "--side", "cmo", "--to", "cmo.json").code == 0
    assert json.loads(Path("cmo.json").read_text())["trail"] == []
    assert [row["record"] for row in _trail(tandem)] == ["export:all", "export:all:cmo", "export:all"]


def test_an_export_of_a_transfer_that_is_not_there_leaves_nothing(tandem: Tandem) -> None:
    tandem("migrate")
    told = tandem("export", "--transfer", "NVT", "--to", "nvt.json")
    assert (told.code, told.err) == (2, "tandem: --transfer: there is no transfer NVT: there is none yet.\n")
    assert not Path("nvt.json").exists()
    assert [row["record"] for row in _trail(tandem)] == ["export:all"]


def test_csv_is_a_zip(tandem: Tandem) -> None:
    tandem("admin", "grant", "slack:T1/U1")
    assert tandem("export", "--format", "csv", "--to", "all.zip").code == 0
    with zipfile.ZipFile("all.zip") as folder:
        rows = list(csv.DictReader(io.StringIO(folder.read("trail.csv").decode(), newline="")))
    assert [row["event"] for row in rows] == ["AdministratorGranted", "ExportMade"]
    assert tandem("audit", "verify", "--file", "all.zip").code == 0


def test_an_old_schema_is_no_export(tandem: Tandem) -> None:
    sqlite3.connect("old.db").close()
    Path("old.db").write_bytes(b"")
    told = tandem("export", DATABASE_URL="sqlite:///old.db")
    assert (told.code, "`tandem migrate`" in told.err) == (2, True)


def test_verify_tells_each_chain_and_its_head(tandem: Tandem) -> None:
    tandem("admin", "grant", "slack:T1/U1")
    head = str(_trail(tandem)[-1]["hash"])
    told = tandem("audit", "verify", "--head", head[:16])
    assert (told.code, told.out) == (
        0,
        f"house: 2 entries, head {head}\nrecords: 1 agree with the trail; what was posted where is no part of it\n",
    )
    assert tandem("audit", "verify", "--head", head.upper()).code == 0


def test_verify_finds_what_was_done_to_a_copied_store(tandem: Tandem) -> None:
    for number in range(4):
        tandem("admin", "grant", f"slack:T1/U{number}")
    with sqlite3.connect("var/tandem.db") as store:
        store.execute("DROP TRIGGER guard_entries_update")
        store.execute("UPDATE entries SET body = replace(body, 'U2', 'U9') WHERE seq = 3")
    store.close()
    told = tandem("audit", "verify")
    assert told.code == 1
    assert told.out.startswith("house: 2 entries hold, then BROKEN at 3: its text does not match its hash\n")


def test_verify_names_a_row_that_was_changed_by_hand(tandem: Tandem) -> None:
    tandem("admin", "grant", "slack:T1/U1")
    with sqlite3.connect("var/tandem.db") as store:
        store.execute("UPDATE administrators SET state = 'gone'")
    store.close()
    told = tandem("audit", "verify")
    assert told.code == 1
    assert "administrator:slack:T1/U1: its state is 'gone': the trail has 'active'." in told.out


def test_an_old_schema_says_that_only_the_chains_were_walked(tandem: Tandem) -> None:
    tandem("admin", "grant", "slack:T1/U1")
    with sqlite3.connect("var/tandem.db") as store:
        store.execute("UPDATE alembic_version SET version_num = '0001'")
    store.close()
    told = tandem("audit", "verify")
    assert told.code == 1
    assert "records: not compared" in told.out
    assert "`tandem migrate`" in told.out


def test_a_head_of_a_tail_that_was_cut_is_missed(tandem: Tandem) -> None:
    tandem("migrate")
    told = tandem("audit", "verify", "--head", "0123456789abcdef")
    assert told.code == 1
    assert "cut off" in told.out


def test_the_manifest_is_json_for_the_address(tandem: Tandem) -> None:
    manifest = json.loads(tandem("manifest", "slack", "--url", "https://tandem.example.com").out)
    assert manifest["features"]["slash_commands"][0]["url"] == "https://tandem.example.com/slack/events"
    assert manifest["features"]["slash_commands"][0]["should_escape"] is True
    assert tandem("manifest", "slack", "--to", "manifest.json").code == 0
    assert json.loads(Path("manifest.json").read_text())["settings"]["socket_mode_enabled"] is True


def test_the_teams_package_is_for_the_bot_and_the_address(tandem: Tandem) -> None:
    bot = {"MICROSOFT_APP_ID": "11111111-2222-3333-4444-555555555555", "TEAMS_ANONYMOUS": "1"}
    told = tandem("manifest", "teams", "--url", "https://tandem.example.com", **bot)
    assert (told.code, told.out) == (0, "tandem-teams.zip is written.\n")
    with zipfile.ZipFile("tandem-teams.zip") as package:
        manifest = json.loads(package.read("manifest.json"))
    assert manifest["bots"][0]["botId"] == bot["MICROSOFT_APP_ID"]
    assert manifest["validDomains"] == ["tandem.example.com"]
    assert tandem("manifest", "teams", "--to", "/no/such/folder/x.zip", **bot).code == 2


def test_the_doctor_says_a_line_each(tandem: Tandem) -> None:
    tandem("migrate")
    told = tandem("doctor")
    assert told.code == 0, told.out
    assert [line.split()[1] for line in told.out.splitlines()] == [
        "settings:", "store:", "schema:", "clock:", "guards:", "chains:", "worker:", "slack:", "teams:"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"PORT": "x"}, "FAIL  settings: PORT"),
        ({"TANDEM_ENV": "production"}, "FAIL  settings: TANDEM_SECRET_KEY"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/x"}, "FAIL  store:"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:9/"}, "FAIL  settings: SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:9/"}, "FAIL  slack token:"),
        ({"MICROSOFT_APP_ID": "x", "TEAMS_ANONYMOUS": "1"}, "FAIL  teams bot:"),
    ],
)
def test_the_doctor_fails_with_what_would_be_right(tandem: Tandem, settings: dict[str, str], line: str) -> None:
    told = tandem("doctor", **settings)
    assert told.code == 1
    assert line in told.out


def test_the_doctor_has_a_line_for_the_clock_without_any_platform(tandem: Tandem) -> None:
    tandem("admin", "grant", "slack:T1/U1")
    assert "ok    clock: it is 20" in tandem("doctor").out
    with sqlite3.connect("var/tandem.db") as store:
        store.execute("DROP TRIGGER guard_entries_update")
        store.execute("UPDATE entries SET at = '2999-01-01 00:00:00.000000'")
    store.close()
    told = tandem("doctor")
    assert told.code == 1
    assert "FAIL  clock: the trail's last entry is" in told.out


def test_the_doctor_misses_a_guard_that_was_dropped(tandem: Tandem) -> None:
    tandem("migrate")
    with sqlite3.connect("var/tandem.db") as store:
        store.execute("DROP TRIGGER guard_actions_delete")
    store.close()
    told = tandem("doctor")
    assert told.code == 1
    assert "FAIL  guards: 1 are missing (guard_actions_delete): " in told.out


def test_the_doctor_finds_a_broken_chain(tandem: Tandem) -> None:
    tandem("admin", "grant", "slack:T1/U1")
    with sqlite3.connect("var/tandem.db") as store:
        store.execute("DROP TRIGGER guard_entries_delete")
        store.execute("DELETE FROM entries")
    store.close()
    told = tandem("doctor")
    assert told.code == 1
    assert "house is broken at 1" in told.out


def test_the_shipped_meeting_is_played_to_its_end(tandem: Tandem) -> None:
    told = tandem("rehearse", "--once")
    assert told.code == 0, told.err
    assert "TRAINING" in told.out
    assert "# Minutes" in told.out
    assert "decisions: 0" not in told.out
    assert "/joint: " in told.out.splitlines()[-1]
    assert not [line for line in told.out.splitlines() if line.startswith("line ")], "a line was refused"
    assert not Path("var/rehearsal.db").exists()


def test_a_script_that_cannot_be_played_is_one_line(tandem: Tandem) -> None:
    Path("script.jsonl").write_text(
        '{"at": "2026-03-12T14:00:00Z", "room": "sponsor", "who": "nobody", "text": "hi"}\n'
    )
    told = tandem("rehearse", "--once", "--script", "script.jsonl")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "nobody of the cast is called 'nobody'" in told.err
