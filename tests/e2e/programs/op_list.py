"""Runs many different ops, each once, and frees all but what the program cache keeps.

usage: op_list.py ROWS COLUMNS      opens a mesh of ROWS x COLUMNS devices

Prints a line of JSON per op: {"op": name, "error": null or the first line of what it raised}. Some
releases lack an op, or refuse it on a machine without hardware: that is theirs to say.
"""

import json
import sys

import ttnn
from tensors import DRAM, L1, convolved, pooled, tensor

ROW_MAJOR = ttnn.ROW_MAJOR_LAYOUT
TILE = ttnn.TILE_LAYOUT
STRATEGY = ttnn.ShardStrategy


def typed(device, data_type, rows=64, columns=64, layout=TILE):
    shape = ttnn.Shape([1, 1, rows, columns])
    return ttnn.allocate_tensor_on_device(shape, data_type, layout, device, DRAM)


def sharded(strategy, rows, columns, y, x):
    return ttnn.create_sharded_memory_config(
        shape=(rows, columns), core_grid=ttnn.CoreGrid(y=y, x=x), strategy=strategy
    )


def heads(device):
    shape = ttnn.Shape([1, 4, 64, 32])
    return ttnn.allocate_tensor_on_device(shape, ttnn.bfloat16, TILE, device, DRAM)


def attention(device):
    query, key, value = heads(device), heads(device), heads(device)
    return ttnn.transformer.scaled_dot_product_attention(query, key, value, is_causal=True)


def embedded(device):
    words = typed(device, ttnn.uint32, 1, 32, ROW_MAJOR)
    return ttnn.embedding(words, tensor(device, 128, 64, DRAM, ROW_MAJOR))


def sharded_sum(strategy, y, x):
    def run(device):
        a = tensor(device, 256, 64, sharded(strategy, 256, 64, y, x))
        return ttnn.add(a, a)

    return run


def there_and_back(device):
    there = ttnn.interleaved_to_sharded(
        tensor(device, 256, 64), sharded(STRATEGY.HEIGHT, 256, 64, 2, 4)
    )
    return there, ttnn.sharded_to_interleaved(there, DRAM)


def small(device, layout=TILE):
    return tensor(device, 64, 64, layout=layout)


def unary(name):
    return lambda d: getattr(ttnn, name)(small(d))


def binary(name):
    return lambda d: getattr(ttnn, name)(small(d), small(d))


OPS = {
    **{name: binary(name) for name in ("add", "subtract", "multiply", "matmul", "eq")},
    **{name: unary(name) for name in ("gelu", "relu", "exp", "sqrt", "softmax", "layer_norm")},
    "rms_norm": lambda d: ttnn.rms_norm(small(d), epsilon=1e-5),
    "linear": lambda d: ttnn.linear(small(d), small(d), bias=tensor(d, 1, 64)),
    "where": lambda d: ttnn.where(small(d), small(d), small(d)),
    "sum": lambda d: ttnn.sum(small(d), dim=3),
    "mean": lambda d: ttnn.mean(small(d), dim=2),
    "max": lambda d: ttnn.max(small(d), dim=3),
    "argmax": lambda d: ttnn.argmax(small(d, ROW_MAJOR), dim=3),
    "topk": lambda d: ttnn.topk(small(d), k=32, dim=3),
    "concat": lambda d: ttnn.concat([small(d), small(d)], dim=3),
    "slice": lambda d: ttnn.slice(small(d), [0, 0, 0, 0], [1, 1, 32, 32]),
    "permute": lambda d: ttnn.permute(heads(d), (0, 2, 1, 3)),
    "transpose": lambda d: ttnn.transpose(small(d), 2, 3),
    "reshape": lambda d: ttnn.reshape(small(d), [1, 2, 32, 64]),
    "pad": lambda d: ttnn.pad(small(d, ROW_MAJOR), [(0, 0), (0, 0), (0, 32), (0, 0)], 0.0),
    "repeat": lambda d: ttnn.repeat(small(d), ttnn.Shape([1, 1, 2, 1])),
    "untilize": lambda d: ttnn.to_layout(small(d), ROW_MAJOR),
    "tilize": lambda d: ttnn.to_layout(small(d, ROW_MAJOR), TILE),
    "to_l1": lambda d: ttnn.to_memory_config(small(d), L1),
    "clone": lambda d: ttnn.clone(small(d)),
    "embedding": embedded,
    "attention": attention,
    "conv2d": lambda d: convolved(d, tensor(d, 1024, 16, DRAM, ROW_MAJOR)),
    "max_pool2d": lambda d: pooled(tensor(d, 1024, 32, DRAM, ROW_MAJOR)),
    "height_sharded": sharded_sum(STRATEGY.HEIGHT, 2, 4),
    "width_sharded": sharded_sum(STRATEGY.WIDTH, 1, 2),
    "block_sharded": sharded_sum(STRATEGY.BLOCK, 4, 2),
    "resharded": there_and_back,
    **{
        f"to_{name}": lambda d, name=name: ttnn.typecast(small(d), getattr(ttnn, name))
        for name in ("float32", "bfloat8_b", "bfloat4_b", "uint16", "uint32", "int32")
    },
    **{
        f"copy_of_{name}": lambda d, name=name: ttnn.clone(typed(d, getattr(ttnn, name)))
        for name in ("float32", "bfloat8_b", "bfloat4_b", "uint8", "uint16", "uint32", "int32")
    },
}


def error_of(op, device):
    try:
        op(device)
    except Exception as error:
        return next((line for line in str(error).splitlines() if line.strip()), repr(error))
    return None


rows, columns = (int(word) for word in sys.argv[1:])
device = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns), l1_small_size=16384)
for name, op in OPS.items():
    print(json.dumps({"op": name, "error": error_of(op, device)}), flush=True)
ttnn.close_mesh_device(device)
