"""One transfer's day, told once and lived on each platform."""

import pytest

pytest.register_assert_rewrite("tests.acceptance.story", "tests.acceptance.talk", "tests.acceptance.aftermath")
