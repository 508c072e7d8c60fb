"""Every setting is read once, and one that cannot stand is named with what would be right."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.problem import Problem
from bot.secret import secret_key
from bot.settings import ClockSetting, check_serving, read_settings

KEY = "A" * 43 + "="
PRODUCTION = {
    "TANDEM_ENV": "production",
    "TANDEM_SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql://tandem:secret@db/tandem",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "0" * 32,
}
BOT = {"MICROSOFT_APP_ID": "app", "MICROSOFT_APP_PASSWORD": "hunter2", "MICROSOFT_APP_TENANT_ID": "tenant"}


def test_nothing_set_is_a_rehearsal_on_loopback() -> None:
    settings = read_settings({})
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert settings.database_url == "sqlite:///var/tandem.db"
    assert settings.rehearsal
    assert not settings.open_to_all
    assert settings.slack is None
    assert settings.teams is None
    check_serving(settings, alone=False)


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("PORT", "80a", "a number from 0"),
        ("PORT", "65536", "a number from 0"),
        ("PORT", "-1", "a number from 0"),
        ("PORT", "٨٠", "a number from 0"),
        ("PUBLIC_URL", "tandem.example.com", "https://tandem.example.com"),
        ("PUBLIC_URL", "http://[", "https://tandem.example.com"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x", "postgresql://USER:PASSWORD@HOST/NAME"),
        ("DATABASE_URL", "sqlite://", "sqlite:///PATH"),
        ("DATABASE_OWNER_URL", "hunter2", "postgresql://USER:PASSWORD@HOST/NAME"),
        ("TANDEM_ENV", "prod", "development or production"),
        ("TANDEM_OPEN", "maybe", "1 or 0"),
        ("TANDEM_REHEARSAL", "2", "1 or 0"),
        ("TANDEM_SECRET_KEY", "short", "44"),
        ("TANDEM_CLOCK", "tomorrow", "2026-03-12T14:00:00Z@600"),
        ("TANDEM_CLOCK", "2026-03-12T14:00:00@600", "with its offset"),
        ("TANDEM_CLOCK", "2026-03-12T14:00:00Z@0", "a speed"),
        ("TANDEM_CLOCK", "2026-03-12T14:00:00Z@-5", "a speed"),
        ("TANDEM_CLOCK", "2026-03-12T14:00:00Z@nan", "a speed"),
        ("TANDEM_TEMPLATES", "/no/such/folder", "no such folder"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "xoxb-"),
        ("SLACK_SIGNING_SECRET", "0" * 32, "without SLACK_BOT_TOKEN"),
        ("MICROSOFT_APP_PASSWORD", "hunter2", "without MICROSOFT_APP_ID"),
        ("MICROSOFT_APP_ID", "1", "without MICROSOFT_APP_TENANT_ID"),
        ("MICROSOFT_APP_TYPE", "UserAssignedMSI", "SingleTenant or MultiTenant"),
        ("TEAMS_OPENID_METADATA_URL", "login", "https://tandem.example.com"),
        ("TEAMS_ANONYMOUS", "maybe", "1 or 0"),
    ],
)
def test_a_bad_setting_is_named_with_what_would_be_right(name: str, value: str, right: str) -> None:
    with pytest.raises(Problem) as refused:
        read_settings({**(BOT if name.startswith("TEAMS_") else {}), name: value})
    sentence = str(refused.value)
    assert name in sentence
    assert right in sentence
    assert "hunter2" not in sentence
    assert "\n" not in sentence


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nHOST=127.0.0.2\nTANDEM_OPEN=\n# a comment\nSLACK_BOT_TOKEN='xoxb-$HOME'\n")
    settings = read_settings({"PORT": "9001", "HOST": " "}, file)
    assert (settings.host, settings.port, settings.open_to_all) == ("127.0.0.2", 9001, False)
    assert settings.slack is not None
    assert settings.slack.bot_token == "xoxb-$HOME"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"PORT=\xff\xfe\n")
    with pytest.raises(Problem, match="NAME=value"):
        read_settings({}, file)


def test_secrets_are_not_shown() -> None:
    shown = repr(read_settings(PRODUCTION))
    assert not [secret for secret in ("xoxb-1", "0" * 32, KEY, "secret@db") if secret in shown]


def test_a_bot_of_one_organisation() -> None:
    settings = read_settings(BOT)
    assert settings.teams is not None
    assert (settings.teams.app_id, settings.teams.tenant, settings.teams.anonymous) == ("app", "tenant", False)
    assert "hunter2" not in repr(settings)
    check_serving(settings, alone=False)


def test_ids_in_capitals_are_those_that_tokens_and_activities_name() -> None:
    tenant = "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f"
    ids = {"MICROSOFT_APP_ID": tenant.upper(), "MICROSOFT_APP_TENANT_ID": tenant.upper()}
    teams = read_settings({**BOT, **ids}).teams
    assert teams is not None
    assert (teams.app_id, teams.tenant) == (tenant, tenant)


def test_an_old_bot_of_many_organisations() -> None:
    teams = read_settings({**BOT, "MICROSOFT_APP_TYPE": "MultiTenant"}).teams
    assert teams is not None
    assert teams.tenant is None


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"MICROSOFT_APP_PASSWORD": ""}, "MICROSOFT_APP_PASSWORD"),
        ({"TEAMS_ANONYMOUS": "1", "HOST": "0.0.0.0"}, "TEAMS_ANONYMOUS"),
        ({"TEAMS_OUTGOING_TOKEN": "x", "HOST": "0.0.0.0"}, "TEAMS_OUTGOING_TOKEN"),
        ({**PRODUCTION, "TEAMS_ANONYMOUS": "1"}, "TEAMS_ANONYMOUS"),
        ({**PRODUCTION, "TEAMS_OUTGOING_TOKEN": "x"}, "TEAMS_OUTGOING_TOKEN"),
    ],
)
def test_a_bot_that_could_not_stand_is_refused(changed: dict[str, str], names: str) -> None:
    with pytest.raises(Problem, match=names):
        check_serving(read_settings({**BOT, **changed}), alone=False)


def test_the_agents_playground_needs_no_secret() -> None:
    check_serving(read_settings({"MICROSOFT_APP_ID": "app", "TEAMS_ANONYMOUS": "1"}), alone=False)


def test_a_clock_of_one_s_own() -> None:
    expected = ClockSetting(datetime(2026, 3, 12, 14, tzinfo=UTC), 600.0)
    assert read_settings({"TANDEM_CLOCK": "2026-03-12T14:00:00Z@600"}).clock == expected
    assert read_settings({"TANDEM_CLOCK": "2026-03-12T15:00:00+01:00"}).clock == ClockSetting(expected.start, 1.0)


def test_good_settings_serve_in_production() -> None:
    settings = read_settings(PRODUCTION)
    assert not settings.rehearsal
    check_serving(settings, alone=False)
    check_serving(read_settings({**PRODUCTION, "DATABASE_URL": "sqlite:////srv/tandem.db"}), alone=True)


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"TANDEM_SECRET_KEY": ""}, "TANDEM_SECRET_KEY"),
        ({"TANDEM_CLOCK": "2026-03-12T14:00:00Z"}, "TANDEM_CLOCK"),
        ({"TANDEM_REHEARSAL": "1"}, "TANDEM_REHEARSAL"),
        ({"DATABASE_URL": "sqlite:///var/tandem.db"}, "DATABASE_URL is SQLite"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET"),
    ],
)
def test_production_refuses(changed: dict[str, str], names: str) -> None:
    settings = read_settings({**PRODUCTION, **changed})
    with pytest.raises(Problem, match=names):
        check_serving(settings, alone=False)


def test_a_key_is_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    settings = read_settings({})
    key = secret_key(settings, tmp_path / "var")
    assert len(key) == 44
    assert secret_key(settings, tmp_path / "var") == key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]
    assert secret_key(read_settings({"TANDEM_SECRET_KEY": KEY}), tmp_path / "other") == KEY
    assert not (tmp_path / "other").exists()
