"""Opens and closes devices in unusual orders; ends with nothing held.

usage: meshes.py WAY [ARGUMENT]      one of the functions below
"""

import sys

import ttnn
from tensors import DRAM, L1, tensor


def submeshes(order):
    """A mesh and two halves of it, closed in the order given: letters of "abm", m the mesh."""
    mesh = ttnn.open_mesh_device(ttnn.MeshShape(2, 4))
    parts = {"a": mesh.create_submesh(ttnn.MeshShape(2, 2)), "m": mesh}
    parts["b"] = mesh.create_submesh(ttnn.MeshShape(2, 2), ttnn.MeshCoordinate(0, 2))
    held = {}
    for name, part in parts.items():
        held[name] = [tensor(part, 512, 512, DRAM), tensor(part, 64, 64, L1)]
        # After an op on the mesh itself the runtime refuses to close a part before it.
        if name != "m":
            ttnn.add(held[name][0], held[name][0])
    for name in order:
        for each in held.pop(name):
            ttnn.deallocate(each)
        ttnn.close_mesh_device(parts[name])


def again_and_again(times):
    """The objects of closed devices stay; the next ones come to lie where others were."""
    kept = []
    for _ in range(int(times)):
        device = ttnn.open_device(device_id=0)
        held = tensor(device, 512, 512)
        ttnn.deallocate(ttnn.add(held, held))
        ttnn.deallocate(held)
        ttnn.close_device(device)
        kept.append(device)
        del kept[: len(kept) - 3]


def of_many_shapes():
    """One after the other, each on other chips than the one before it."""
    for shape in ((2, 4), (1, 1), (2, 2), (1, 4), (2, 4), (1, 2)):
        mesh = ttnn.open_mesh_device(ttnn.MeshShape(*shape))
        held = tensor(mesh, 512, 512)
        ttnn.deallocate(ttnn.add(held, held))
        ttnn.deallocate(held)
        ttnn.close_mesh_device(mesh)


globals()[sys.argv[1]](*sys.argv[2:])
print("done")
