"""Memory bugs that users of TT-NN met, each made again as small as it goes.

python known_bugs.py NAME
"""

import sys

import ttnn


def tensor(device, rows, columns, memory=ttnn.L1_MEMORY_CONFIG):
    return ttnn.allocate_tensor_on_device(
        ttnn.Shape([1, 1, rows, columns]), ttnn.bfloat16, ttnn.TILE_LAYOUT, device, memory
    )


def semaphore(device):
    grid = device.compute_with_storage_grid_size()
    last = ttnn.CoreCoord(grid.x - 1, grid.y - 1)
    cores = ttnn.CoreRangeSet([ttnn.CoreRange(ttnn.CoreCoord(0, 0), last)])
    return ttnn.create_global_semaphore(device, cores, 0)


def refused(ask, *arguments, **more):
    try:
        ask(*arguments, **more)
    except RuntimeError:
        return True
    return False


def markers_strand_memory(device):
    """Small things that stay between large ones that go: the bank has the room, in pieces."""
    large, small = [], []
    for _ in range(6):
        large.append(tensor(device, 2048, 2048))  # 128 KiB in each bank
        small.append(semaphore(device))
    for one in large:
        ttnn.deallocate(one)
    assert refused(tensor, device, 8192, 4096)  # 1 MiB in each bank


def semaphores_per_shape(device):
    """Eight semaphores for each new shape, kept for ever; a later layer misses what they took."""
    kept = []
    for shape in range(1, 25):
        x = tensor(device, 32 * shape, 64)
        kept.extend(semaphore(device) for _ in range(8))
        ttnn.deallocate(ttnn.add(x, x))
        ttnn.deallocate(x)
    assert refused(tensor, device, 21 * 1024, 2048)  # 21 x 64 KiB in each bank


def hoarder_and_victim(device):
    """One op's results fill L1; another op is the one that is refused."""
    x = tensor(device, 2048, 2048, ttnn.DRAM_MEMORY_CONFIG)
    hoard = [ttnn.add(x, x, memory_config=ttnn.L1_MEMORY_CONFIG) for _ in range(10)]
    assert refused(ttnn.multiply, x, x, memory_config=ttnn.L1_MEMORY_CONFIG)
    for one in hoard:
        ttnn.deallocate(one)


def hidden_behind_another_error(device):
    """The program turns the refusal into an error of its own that says nothing."""
    keep = tensor(device, 8192, 4096)
    try:
        tensor(device, 8192, 4096)
    except RuntimeError:
        print("bad status")
    ttnn.deallocate(keep)


def cache_of_models(device):
    """Models that run one after the other, each of which leaves its constants in a cache."""
    cache = {}

    def compiled(model):
        cache[model] = [tensor(device, 1024, 1024) for _ in range(3)]  # 32 KiB in each bank
        for constant in cache[model]:
            ttnn.deallocate(ttnn.add(constant, constant))

    while not refused(compiled, len(cache)):
        pass


kept = []


def tensors_of_a_mesh():
    """Six tensors that are still there when their mesh closes, and what its cached programs keep."""
    mesh = ttnn.open_mesh_device(ttnn.MeshShape(2, 4))

    def on_mesh(*shape):
        return ttnn.allocate_tensor_on_device(
            ttnn.Shape(shape), ttnn.bfloat16, ttnn.TILE_LAYOUT, mesh, ttnn.DRAM_MEMORY_CONFIG
        )

    kept.extend(on_mesh(1, 8, 512, 512) for _ in range(2))
    kept.append(ttnn.add(*kept))
    kept.extend((on_mesh(1, 8, 256, 128), on_mesh(1, 8, 128, 256)))
    squares = on_mesh(1, 8, 256, 256)
    kept.append(ttnn.add(squares, squares))
    ttnn.deallocate(squares)
    ttnn.close_mesh_device(mesh)


def main():
    if sys.argv[1] == "tensors_of_a_mesh":
        return tensors_of_a_mesh()
    device = ttnn.open_device(device_id=0, l1_small_size=16384)
    globals()[sys.argv[1]](device)
    ttnn.close_device(device)


main()
