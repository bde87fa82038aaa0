"""One hundred allocations on one hundred lines, all kept: that of S[n] is n + 1 tiles wide. Dies.

The test reads from this text on which line each stands, so no line holds two.
"""

# ruff: noqa
# fmt: off
import asyncio
import contextlib
import functools
import os
import signal
import threading

import ttnn

device = ttnn.open_device(device_id=0)
S = [(1, 1, 32, 32 * (n + 1)) for n in range(100)]
kept = []
K = kept.append
# Neither has a frame of its own in Python.
A = functools.partial(ttnn.zeros, dtype=ttnn.bfloat16, layout=ttnn.TILE_LAYOUT, device=device)


# ---- plain, and in expressions over several lines
K(A(S[0]))
a = A(S[1])
b = (A(S[2]), None)
c = [
    A(S[3]),
    A(S[4]),
    [A(S[5])],
]
d = {
    "six": A(S[6]),
    "seven": [
        A(S[7]),
    ],
}
e = A(S[8]) if kept else None
f = None if kept else 1
f = f or A(S[9])
K((lambda: A(S[10]))())
g = (
    lambda: A(S[11])
)()
if (h := A(S[12])) is not None: K(h)
K(A(*[S[13]]))
K(A(**{"shape": S[14]}))
assert (j := A(S[15])) or True


# ---- functions
def flat():
    return A(S[16])


def nested():
    def inner():
        def innermost():
            x = A(S[17])
            return x, A(S[18])

        y = innermost()
        return y, A(S[19])

    return inner(), A(S[20])


def recursive(depth):
    if depth == 0:
        return [A(S[21])]
    below = recursive(depth - 1)
    if depth == 3:
        below.append(A(S[22]))
    return below


def with_defaults(
    x=A(S[23]),
    *,
    y=A(S[24]),
):
    return x, y


def many_statements():
    x = 1; y = A(S[25]); x += 1
    return x, y


def early(flag):
    if flag:
        return A(S[26])
    return A(S[27])


K([flat(), nested(), recursive(5), with_defaults(), many_statements(), early(True), early(False)])


# ---- loops
for i in range(3):
    if i == 1:
        K(A(S[28]))
    elif i == 2:
        K(A(S[29]))
    else:
        K(A(S[30]))
else:
    K(A(S[31]))
i = 0
while i < 2:
    if i == 0:
        i += 1
        K(A(S[32]))
        continue
    K(A(S[33]))
    break
for i in [1]: K(A(S[34]))
for x in [A(S[35])]:
    K(x)
for call in (lambda: A(S[36]), lambda: None):
    K(call())


# ---- comprehensions and generators
K([A(S[37]) for _ in range(1)])
K({n: A(S[38]) for n in range(1)})
K([x for x in [A(S[39])]])
K(list(A(S[40]) for _ in range(1)))
K([
    A(S[41])
    for n in range(2)
    if n == 1
])
K([
    [
        A(S[42])
        for _ in range(1)
    ]
    for _ in range(1)
])
K(list(map(lambda _: A(S[43]), [1])))
K([early(flag) for flag in ()] or A(S[44]))


def generator():
    K(A(S[45]))
    yield A(S[46])
    try:
        yield A(S[47])
    finally:
        K(A(S[48]))


def delegating():
    yield from generator()
    got = yield A(S[49])
    K((got, A(S[50])))
    yield


for x in delegating():
    K(x)


# ---- exceptions
def raises():
    K(A(S[51]))
    raise ValueError(A(S[52]))


try:
    raises()
except ValueError as error:
    K(error)
    K(A(S[53]))
else:
    K(None)
finally:
    K(A(S[54]))
try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise KeyError(A(S[55])) from error
except KeyError as error:
    K(error)
    K(A(S[56]))
try:
    ttnn.allocate_tensor_on_device(ttnn.Shape([1, 1, 2**20, 2**20]), ttnn.bfloat16, ttnn.TILE_LAYOUT, device, ttnn.DRAM_MEMORY_CONFIG)
except RuntimeError:
    K(A(S[57]))


@contextlib.contextmanager
def manager():
    K(A(S[58]))
    try:
        yield A(S[59])
    except ValueError:
        K(A(S[60]))
    finally:
        K(A(S[61]))


with manager() as x:
    K(x)
    K(A(S[62]))
    raise ValueError
with contextlib.suppress(KeyError), contextlib.ExitStack() as stack:
    stack.callback(lambda: K(A(S[63])))
    K(A(S[64]))
    raise KeyError


# ---- classes
class Layer:
    at_class = A(S[65])

    def __init__(self):
        self.made = A(S[66])

    def __call__(self):
        return A(S[67])

    @property
    def weight(self):
        return A(S[68])

    @classmethod
    def of_class(cls):
        return A(S[69])

    @staticmethod
    def of_nothing():
        return A(S[70])

    def __getattr__(self, name):
        return A(S[71])

    def __enter__(self):
        return A(S[72])

    def __exit__(self, *_):
        K(A(S[73]))

    def __add__(self, other):
        return A(S[74])

    def __del__(self):
        K(A(S[75]))


layer = Layer()
K([layer.made, layer(), layer.weight, Layer.of_class(), Layer.of_nothing(), layer.missing])
with layer as x:
    K(x)
K(layer + 1)
del layer


class Child(Layer):
    def __init__(self):
        self.mine = A(S[76])

    def __del__(self):
        pass


K(Child())


def decorated(function):
    K(A(S[77]))

    @functools.wraps(function)
    def wrapper(*arguments):
        K(A(S[78]))
        return function(*arguments), A(S[79])

    return wrapper


@decorated
def plain():
    return A(S[80])


K(plain())
K(functools.reduce(lambda x, y: (x, y, A(S[81])), [1, 2]))
K(sorted([1, 2], key=functools.cmp_to_key(lambda x, y: K(A(S[82])) or 0)))
K(functools.partial(lambda: A(S[83]))())
K(functools.lru_cache(None)(lambda: A(S[84]))())


# ---- threads, coroutines, code made at run time
def in_thread(barrier, which):
    barrier.wait()
    if which == 0:
        K(A(S[85]))
    elif which == 1:
        K(A(S[86]))
    elif which == 2:
        K([A(S[87]) for _ in range(1)])
    else:
        for x in (A(S[88]) for _ in range(1)):
            K(x)


barrier = threading.Barrier(4)
threads = [threading.Thread(target=in_thread, args=(barrier, n)) for n in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
timer = threading.Timer(0, lambda: K(A(S[89])))
timer.start()
timer.join()


async def coroutine(depth):
    K(A(S[90]) if depth == 0 else None)
    if depth < 2:
        await asyncio.sleep(0)
        await coroutine(depth + 1)
    else:
        K(A(S[91]))


async def asynchronous():
    async def numbers():
        yield A(S[92])

    async for x in numbers():
        K(x)
    await asyncio.gather(coroutine(0), asyncio.to_thread(lambda: K(A(S[93]))))
    return A(S[94])


K(asyncio.run(asynchronous()))
exec(compile("\n" * 1000 + "K(A(S[95]))", __file__, "exec"))
K(eval(compile("\n" * 1001 + "A(S[96])", __file__, "eval")))
match 97:
    case 97:
        K(A(S[97]))
if True: pass; K(A(S[98]))
print("planted", flush=True); K(A(S[99]))
os.kill(os.getpid(), signal.SIGKILL)
