"""The device of the example tests, and what lives as long as it does.

DEVICE_SCOPE: function, class, module (the default) or session. There is one chip, so one scope at
a time.
"""

from __future__ import annotations

import os

import pytest
import ttnn
from tensors_of import tensor


def of_device(fixture_name, config):
    return os.environ.get("DEVICE_SCOPE", "module")


@pytest.fixture(scope=of_device)
def device():
    opened = ttnn.open_device(device_id=0, l1_small_size=16384)
    yield opened
    ttnn.close_device(opened)


@pytest.fixture(scope=of_device)
def weights(device):
    """Takes more when it is first used."""

    class Weights:
        def __init__(self):
            self.loaded = tensor(device, 2)
            self.cache = {}

        def used(self):
            return self.cache.setdefault("bias", tensor(device, 1))

    return Weights()
