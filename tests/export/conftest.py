"""The meeting room that carries the toy feature, here too."""

from tests.kernel.conftest import toy as toy
