"""What fixtures leave behind: those of one test are its own, others are judged when they end."""

import unittest

import pytest
from tensors_of import tensor

KEPT = []


@pytest.fixture
def returned(device):
    return tensor(device)


@pytest.fixture
def yielded(device):
    yield tensor(device)


@pytest.fixture
def kept(device):
    KEPT.append(tensor(device))


@pytest.fixture(scope="class")
def of_class(device):
    yield tensor(device, 3)


@pytest.fixture(scope="class")
def background(device):
    """Holds what its value does not lead to."""
    held = [tensor(device), tensor(device)]
    yield
    held.clear()


@pytest.fixture(scope="class")
def kept_of_class(device):
    KEPT.append(tensor(device, 5))


def test_clean_fixtures(returned, yielded):
    assert returned is not yielded


def test_leak_in_fixture(kept):
    pass


class TestClass:
    def test_one(self, of_class, device):
        tensor(device)

    def test_two(self, of_class, background):
        pass

    def test_three(self, background):
        pass


class TestOfUnittest(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def given(self, device):
        self.device = device

    def setUp(self):
        self.mine = tensor(self.device)

    def test_clean_unittest(self):
        pass

    def test_leak_in_unittest(self):
        KEPT.append(tensor(self.device))


class TestLeakOfClass:
    """Its fixture leaks, its tests do not."""

    def test_only(self, kept_of_class):
        pass


def test_clean_first_use_of_what_a_fixture_owns(weights):
    weights.used()


def test_clean_second_use_of_what_a_fixture_owns(weights):
    weights.used()
