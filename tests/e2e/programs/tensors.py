"""Short names for what the test programs do with ttnn again and again."""

import ttnn

DRAM = ttnn.DRAM_MEMORY_CONFIG
L1 = ttnn.L1_MEMORY_CONFIG


def tensor(device, rows, columns, memory=DRAM, layout=ttnn.TILE_LAYOUT):
    """A tensor of bfloat16 whose content does not matter."""
    return ttnn.allocate_tensor_on_device(
        ttnn.Shape([1, 1, rows, columns]), ttnn.bfloat16, layout, device, memory
    )


def convolved(device, picture):
    """The convolution of 16 channels of 32x32 with 32 filters of 3x3."""
    return ttnn.conv2d(
        input_tensor=picture,
        weight_tensor=ttnn.Tensor(
            [1.0] * 4608, [32, 16, 3, 3], ttnn.bfloat16, ttnn.ROW_MAJOR_LAYOUT
        ),
        in_channels=16,
        out_channels=32,
        device=device,
        kernel_size=(3, 3),
        stride=(1, 1),
        padding=(1, 1),
        batch_size=1,
        input_height=32,
        input_width=32,
    )


def pooled(picture):
    """The maxima of 2x2 of 32 channels of 32x32."""
    return ttnn.max_pool2d(
        input_tensor=picture,
        batch_size=1,
        input_h=32,
        input_w=32,
        channels=32,
        kernel_size=[2, 2],
        stride=[2, 2],
        padding=[0, 0],
        dilation=[1, 1],
    )
