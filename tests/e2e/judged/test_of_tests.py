"""What tests leave behind, and what only seems so."""

import multiprocessing
import os
import threading

import pytest
import ttnn
from tensors_of import tensor

KEPT = []
CACHE = {}


def test_clean(device):
    tensor(device)


def test_leak(device):
    KEPT.append(tensor(device, 4))


def test_clean_after_a_leak(device):
    kept = [tensor(device) for _ in range(3)]
    assert len(kept) == 3


def test_leak_in_l1(device):
    KEPT.append(tensor(device, memory=ttnn.L1_MEMORY_CONFIG))


def test_clean_cycle(device):
    cycle = {"tensor": tensor(device)}
    cycle["self"] = cycle


def test_leak_in_module_cache(device):
    CACHE["weights"] = tensor(device)


def test_leak_through_traceback(device):
    def refused():
        held = tensor(device)
        raise ValueError(held.shape)

    with pytest.raises(ValueError, match="1") as caught:
        refused()
    KEPT.append(caught.value)


def test_clean_with_traceback(device):
    def refused():
        held = tensor(device)
        raise ValueError(held.shape)

    with pytest.raises(ValueError, match="1"):
        refused()


def test_leak_in_thread(device):
    thread = threading.Thread(target=lambda: KEPT.append(tensor(device)))
    thread.start()
    thread.join()


def test_clean_in_thread(device):
    thread = threading.Thread(target=lambda: tensor(device))
    thread.start()
    thread.join()


def hold_in_child():
    child_device = ttnn.open_device(device_id=0)
    KEPT.append(tensor(child_device))
    os._exit(0)


def test_clean_though_a_child_leaks(device):
    child = multiprocessing.get_context("spawn").Process(target=hold_in_child)
    child.start()
    child.join()
    assert child.exitcode == 0


def test_clean_though_programs_are_cached(device):
    one = tensor(device, 8)
    ttnn.add(one, one)
    ttnn.softmax(one)
    ttnn.reshape(tensor(device, 512), [1, 512, 16, 64])


@pytest.mark.parametrize("tiles", [1, 2])
def test_leak_with_parameter(device, tiles):
    if tiles == 2:
        KEPT.append(tensor(device, tiles))


@pytest.mark.xfail(reason="fails, and keeps nothing")
def test_xfail_clean(device):
    held = tensor(device)
    assert held is None


@pytest.mark.xfail(reason="leaks, and is known to")
def test_xfail_leak(device):
    KEPT.append(tensor(device))


def test_failed_clean(device):
    held = tensor(device)
    assert held is None


def test_failed_leak(device):
    KEPT.append(tensor(device))
    raise AssertionError


def test_skipped(device):
    pytest.skip("there is nothing to do")


def test_skipped_leak(device):
    KEPT.append(tensor(device))
    pytest.skip("too late")


@pytest.mark.device_memory(limit_dram="1MiB")
def test_within_limit(device):
    tensor(device, 64)


@pytest.mark.device_memory(limit_dram="1MiB")
def test_over_limit(device):
    tensor(device, 2048)


@pytest.mark.device_memory(limit_l1=4096)
def test_over_limit_of_l1(device):
    tensor(device, 64, memory=ttnn.L1_MEMORY_CONFIG)


@pytest.mark.device_memory(allow=["test_of_tests.py:* in test_leak_allowed"])
def test_leak_allowed(device):
    KEPT.append(tensor(device))


@pytest.mark.device_memory(allow="ttnn.no_such_op")
def test_leak_not_allowed(device):
    KEPT.append(tensor(device))
