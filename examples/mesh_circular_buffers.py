"""A small attention-like block on a mesh of eight chips: what is left of it afterwards?

Nothing here is about watching memory; it is an ordinary TT-NN script. Run it on hardware, or

    plimsoll run --machine t3k -- python examples/mesh_circular_buffers.py
"""

import argparse

import ttnn

SHAPE = [1, 1, 1024, 1024]


def on_mesh(mesh, shape=SHAPE):
    return ttnn.allocate_tensor_on_device(
        ttnn.Shape(shape), ttnn.bfloat16, ttnn.TILE_LAYOUT, mesh, ttnn.DRAM_MEMORY_CONFIG
    )


def block(scores, mask):
    masked = ttnn.add(scores, mask)
    masked_again = ttnn.add(scores, masked)  # the same program once more, from the cache
    weights = ttnn.softmax(scores)
    for tensor in (weights, masked_again, masked):
        ttnn.deallocate(tensor)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mesh", default="2x4", help="rows x columns of chips (default: 2x4)")
    rows, columns = (int(n) for n in parser.parse_args().mesh.split("x"))

    mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
    scores, mask = on_mesh(mesh), on_mesh(mesh)
    block(scores, mask)
    for tensor in (mask, scores):
        ttnn.deallocate(tensor)
    ttnn.close_mesh_device(mesh)


if __name__ == "__main__":
    main()
