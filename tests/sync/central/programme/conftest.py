"""The service's own secrets beside an empty database."""

import pytest
from sqlalchemy import Engine

from sync.central.access.secrets import Secrets, opened_secrets


@pytest.fixture
def own(engine: Engine) -> Secrets:
    """Made for this database."""
    return opened_secrets(engine, bytes(range(32)))
