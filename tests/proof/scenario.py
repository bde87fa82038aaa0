"""Random programs for the model and the real runtime to run alike.

A scenario is a list of lines, one step each:

    open L1_SMALL [ROWS COLUMNS]                    a chip, or a mesh of chips
    tensor NAME REGION ROWS COLUMNS                 interleaved, bfloat16 tiles
    sharded NAME REGION ROWS COLUMNS CORNERS        one shard of that size on each core
    free NAME
    op INPUT OUTPUT [cb SIZE CORNERS]...            a program with these circular buffers
    clear                                           the program cache
    close                                           with whatever is still there

CORNERS are X0 Y0 X1 Y1, once for each rectangle of cores. Steps that name a tensor which was
refused or is gone do nothing.
"""

import random

GRID = (8, 7)  # the cores every machine of the proof has


def rectangle(chance):
    x0, y0 = chance.randrange(GRID[0]), chance.randrange(GRID[1])
    return x0, y0, chance.randrange(x0, GRID[0]), chance.randrange(y0, GRID[1])


def overlap(a, b):
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def rectangles(chance):
    """One to three that do not touch the same core."""
    chosen = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        one = rectangle(chance)
        if not any(overlap(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def words(rectangles):
    return " ".join(str(number) for one in rectangles for number in one)


class Generator:
    def __init__(self, seed, mesh):
        self.chance = random.Random(seed)
        self.mesh = mesh
        self.lines = []
        self.names = []
        self.ops = []

    def scenario(self):
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            self.session()
        return self.lines

    def session(self):
        self.l1_small = self.chance.choice((0, 0, 1000, 4096, 32768))
        self.lines.append(
            f"open {self.l1_small}" + (f" {self.mesh[0]} {self.mesh[1]}" if self.mesh else "")
        )
        self.names.clear()
        self.tensor()
        steps = [self.tensor] * 5 + [self.sharded] * 3 + [self.op] * 5 + [self.again] * 2
        steps += [self.free] * 5 + [self.clear]
        for _ in range(self.chance.randrange(5, 40)):
            self.chance.choice(steps)()
        if self.chance.random() < 0.5:
            while self.names:
                self.free()
        self.lines.append("close")

    def new_name(self):
        self.names.append(f"t{len(self.lines)}")
        return self.names[-1]

    def tiles(self, most):
        """Mostly few, sometimes far too many."""
        return 32 * int(2 ** self.chance.uniform(0, most))

    def tensor(self):
        region = self.chance.choice(("dram", "dram", "l1", "l1"))
        most = 7 if region == "l1" else 11
        self.lines.append(
            f"tensor {self.new_name()} {region} {self.tiles(most)} {self.tiles(most)}"
        )

    def sharded(self):
        region = self.chance.choice(("l1", "l1", "l1_small")) if self.l1_small else "l1"
        most = 5 if region == "l1" else 1.5
        rows, columns = self.tiles(most), self.tiles(most)
        cores = words([rectangle(self.chance)])
        self.lines.append(f"sharded {self.new_name()} {region} {rows} {columns} {cores}")

    def free(self):
        if self.names:
            name = self.names.pop(self.chance.randrange(len(self.names)))
            self.lines.append(f"free {name}")

    def op(self):
        buffers = []
        for _ in range(self.chance.randrange(1, 7)):
            size = 32 * int(2 ** self.chance.uniform(0, 12))
            same = self.chance.random() < 0.4 and buffers
            cores = buffers[-1][1] if same else words(rectangles(self.chance))
            buffers.append((size, cores))
        self.ops.append(" ".join(f"cb {size} {cores}" for size, cores in buffers))
        self.run(self.ops[-1])

    def again(self):
        if self.ops:
            self.run(self.chance.choice(self.ops))

    def run(self, buffers):
        if self.names:
            ends = self.chance.choices(self.names, k=2)
            self.lines.append(f"op {ends[0]} {ends[1]} {buffers}")

    def clear(self):
        self.lines.append("clear")
