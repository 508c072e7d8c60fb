"""The meeting room that carries the toy feature, here too."""

from tests.kernel.conftest import toy as toy
from tests.kernel.conftest import toy_store as toy_store
from tests.kernel.conftest import toy_stores as toy_stores
