"""Runs one scenario on the real runtime and prints what became of each line.

python on_runtime.py SCENARIO SEGMENT_COPY

SCENARIO has one step a line (see scenario.py). SEGMENT_COPY receives the segment of this process
when all is over: its story says which events there were, and in which order.
"""

import gc
import os
import sys

import ttnn

REGIONS = {
    "dram": ttnn.BufferType.DRAM,
    "l1": ttnn.BufferType.L1,
    "l1_small": ttnn.BufferType.L1_SMALL,
}
KERNEL = (
    "ttnn/cpp/ttnn/operations/eltwise/unary/device/kernels/dataflow/"
    "reader_unary_interleaved_start_id.cpp"
)


def cores(corners):
    """x0 y0 x1 y1, again and again, as the runtime wants it."""
    numbers = [int(number) for number in corners]
    corner = ttnn.CoreCoord
    ranges = [
        ttnn.CoreRange(corner(x0, y0), corner(x1, y1))
        for x0, y0, x1, y1 in zip(*[iter(numbers)] * 4)
    ]
    return ttnn.CoreRangeSet(ranges)


class Machine:
    def __init__(self):
        self.device = None
        self.tensors = {}

    def open(self, l1_small, rows="1", columns="1"):
        shape = ttnn.MeshShape(int(rows), int(columns))
        if rows == columns == "1":
            self.device = ttnn.open_device(device_id=0, l1_small_size=int(l1_small))
        else:
            self.device = ttnn.open_mesh_device(shape, l1_small_size=int(l1_small))

    def tensor(self, name, region, rows, columns):
        memory = ttnn.MemoryConfig(ttnn.TensorMemoryLayout.INTERLEAVED, REGIONS[region])
        self.allocate(name, rows, columns, memory)

    def sharded(self, name, region, shard_rows, shard_columns, *corners):
        """One shard of these rows and columns on each of the cores, on top of each other."""
        grid = cores(corners)
        spec = ttnn.ShardSpec(
            grid, [int(shard_rows), int(shard_columns)], ttnn.ShardOrientation.ROW_MAJOR
        )
        memory = ttnn.MemoryConfig(ttnn.TensorMemoryLayout.HEIGHT_SHARDED, REGIONS[region], spec)
        self.allocate(name, int(shard_rows) * grid.num_cores(), shard_columns, memory)

    def allocate(self, name, rows, columns, memory):
        tensor = ttnn.allocate_tensor_on_device(
            ttnn.Shape([1, 1, int(rows), int(columns)]),
            ttnn.bfloat16,
            ttnn.TILE_LAYOUT,
            self.device,
            memory,
        )
        self.tensors[name] = tensor
        print("tensor", name, tensor.buffer_address())

    def free(self, name):
        if name in self.tensors:
            ttnn.deallocate(self.tensors.pop(name))

    def op(self, input_name, output_name, *buffers):
        """buffers: 'cb SIZE CORNERS...' again and again."""
        if input_name not in self.tensors or output_name not in self.tensors:
            return
        descriptions = []
        for index, words in enumerate(" ".join(buffers).split("cb ")[1:]):
            size, *corners = words.split()
            form = ttnn.CBFormatDescriptor(
                buffer_index=index, data_format=ttnn.bfloat16, page_size=32
            )
            descriptions.append(
                ttnn.CBDescriptor(
                    total_size=int(size), core_ranges=cores(corners), format_descriptors=[form]
                )
            )
        kernel = ttnn.KernelDescriptor(
            kernel_source=KERNEL,
            core_ranges=cores("0 0 7 6".split()),
            config=ttnn.ReaderConfigDescriptor(),
        )
        program = ttnn.ProgramDescriptor(kernels=[kernel], semaphores=[], cbs=descriptions)
        ttnn.generic_op([self.tensors[input_name], self.tensors[output_name]], program)
        print("op")

    def clear(self):
        self.device.clear_program_cache()

    def close(self):
        ttnn.close_mesh_device(self.device)
        self.device = None
        self.tensors.clear()
        gc.collect()


def sentence_of(error):
    """What the runtime says of a refusal, without the place in its source and its stack."""
    text = str(error)
    for start in ("Out of Memory", "Statically allocated circular buffers"):
        if start in text:
            return text[text.index(start) :].splitlines()[0]
    raise error


def copy_segment(to):
    for descriptor in os.listdir("/proc/self/fd"):
        path = f"/proc/self/fd/{descriptor}"
        if os.path.islink(path) and "memfd:plimsoll" in os.readlink(path):
            with open(path, "rb") as segment, open(to, "wb") as copy:
                copy_sparsely(segment.fileno(), copy.fileno())
            return
    sys.exit("on_runtime: no segment: did the agent attach?")


def copy_sparsely(source, target):
    size, at = os.fstat(source).st_size, 0
    os.truncate(target, size)
    while at < size:
        try:
            start = os.lseek(source, at, os.SEEK_DATA)
        except OSError:
            return  # nothing but holes up to the end
        at = os.lseek(source, start, os.SEEK_HOLE)
        os.pwrite(target, os.pread(source, at - start, start), start)


def main():
    machine = Machine()
    with open(sys.argv[1]) as scenario:
        for line in scenario:
            step, *words = line.split()
            try:
                getattr(machine, step)(*words)
            except RuntimeError as error:
                print("refused:", sentence_of(error))
    copy_segment(sys.argv[2])


main()
