"""Three layers of a decoder: the weights stay, what flows through goes; ends with nothing held."""

import ttnn
from tensors import tensor

LAYERS, HIDDEN, TOKENS, HEADS = 3, 512, 256, 8
GRID = ttnn.CoreGrid(y=7, x=8)


class Layer:
    def __init__(self, device):
        self.attention = [tensor(device, HIDDEN, HIDDEN) for _ in range(4)]
        self.up = tensor(device, HIDDEN, 4 * HIDDEN)
        self.down = tensor(device, 4 * HIDDEN, HIDDEN)

    def __call__(self, x):
        x = ttnn.add(x, self.attend(ttnn.rms_norm(x)))
        wide = ttnn.linear(ttnn.layer_norm(x), self.up, activation="gelu", core_grid=GRID)
        return ttnn.add(x, ttnn.linear(wide, self.down, core_grid=GRID))

    def attend(self, x):
        *inputs, output = self.attention
        queries, keys, values = (split(ttnn.linear(x, w, core_grid=GRID)) for w in inputs)
        seen = ttnn.transformer.scaled_dot_product_attention(queries, keys, values, is_causal=True)
        joined = ttnn.reshape(ttnn.transpose(seen, 1, 2), [1, 1, TOKENS, HIDDEN])
        return ttnn.linear(joined, output, core_grid=GRID)


def split(x):
    return ttnn.transpose(ttnn.reshape(x, [1, TOKENS, HEADS, HIDDEN // HEADS]), 1, 2)


def forward(device):
    layers = [Layer(device) for _ in range(LAYERS)]
    x = tensor(device, TOKENS, HIDDEN)
    for layer in layers:
        x = layer(x)


device = ttnn.open_device(device_id=0)
forward(device)
ttnn.close_device(device)
print("done")
