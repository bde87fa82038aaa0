"""Asks for more memory than there is in three ways and lets circular buffers meet a tensor.

Every refusal is caught and printed without its backtrace; nothing is left behind.
"""

import ttnn
from tensors import DRAM, L1, tensor


def first_line(error):
    return next(line for line in str(error).splitlines() if "clash" in line or "Memory" in line)


def refused(ask):
    try:
        ask()
    except RuntimeError as error:
        print("refused:", first_line(error))
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


device = ttnn.open_device(device_id=0)
out_of_l1(device)
out_of_dram(device)
clash(device)
ttnn.close_device(device)
print("done")
