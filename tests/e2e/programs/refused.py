"""Asks for more memory than there is in three ways and lets circular buffers meet a tensor.

usage: refused.py [whole]

Every refusal is caught and printed; nothing is left behind. With `whole` there are more of them,
and each is printed with its backtrace.
"""

import sys

import ttnn
from tensors import DRAM, L1, tensor

WHOLE = sys.argv[1:] == ["whole"]


def first_line(error):
    return next(line for line in str(error).splitlines() if "clash" in line or "Memory" in line)


def refused(ask):
    try:
        ask()
    except RuntimeError as error:
        print("refused:", error if WHOLE else first_line(error))
    else:
        print("not refused")


def free(tensors):
    for each in tensors:
        ttnn.deallocate(each)


def out_of_l1(device):
    resident = tensor(device, 4096, 8192, L1)
    refused(lambda: tensor(device, 4096, 8192, L1))
    refused(lambda: tensor(device, 8192, 8192, L1))
    free([resident])


def out_of_dram(device):
    blocks = [tensor(device, 32768, 16384, DRAM) for _ in range(11)]
    free(blocks[::2])
    refused(lambda: tensor(device, 32768, 3 * 16384, DRAM))
    free(blocks[1::2])


def clash(device):
    wide = tensor(device, 1024, 8192, DRAM)
    resident = [tensor(device, 2048, 1024, L1) for _ in range(20)]
    refused(lambda: ttnn.softmax(wide))
    free([wide, *resident])


def beyond_l1(device):
    """Circular buffers that no core has room for."""
    left, right = tensor(device, 32, 1024), tensor(device, 1024, 2048)
    one_row = ttnn.MatmulMultiCoreReuseMultiCast1DProgramConfig(
        compute_with_storage_grid_size=(8, 8),
        in0_block_w=32,
        out_subblock_h=1,
        out_subblock_w=1,
        per_core_M=1,
        per_core_N=64,
        fuse_batch=True,
        fused_activation=None,
        mcast_in0=True,
    )
    refused(lambda: ttnn.matmul(left, right, program_config=one_row))
    free([left, right])


def of_a_freed_tensor(device):
    freed = tensor(device, 32, 32)
    ttnn.deallocate(freed)
    refused(lambda: ttnn.add(freed, freed))


if WHOLE:
    refused(lambda: ttnn.open_device(device_id=0, l1_small_size=1 << 30))
device = ttnn.open_device(device_id=0)
out_of_l1(device)
out_of_dram(device)
clash(device)
if WHOLE:
    beyond_l1(device)
    of_a_freed_tensor(device)
ttnn.close_device(device)
print("done")
