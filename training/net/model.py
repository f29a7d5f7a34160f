"""The net: a small CTC line recogniser for a CPU.

A line comes in 40 pixels high. Convolutions take it to a map 5 high and a quarter as wide, each
column of which becomes one step; 1-D mixers and a bidirectional LSTM see along the line.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

HEIGHT = 40  # pixels of an input line
STRIDE = 4  # pixels of width a step


class Separable(nn.Module):
    """Depthwise 3×3 and pointwise convolution, added to their input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.body(x))


class Mixer(nn.Module):
    """Depthwise convolution over nine steps, then two pointwise ones of twice the width."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv1d(channels, channels, 9, padding=4, groups=channels, bias=False),
            nn.BatchNorm1d(channels),
            nn.Conv1d(channels, 2 * channels, 1),
            nn.ReLU(),
            nn.Conv1d(2 * channels, channels, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


def _down(before: int, after: int, stride: int | tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()
    )


class LineNet(nn.Module):
    """Line pictures to log-probabilities of characters.

    Args:
        characters: size of the character set; class 0 is the CTC blank, class i character i-1.
    """

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.picture = nn.Sequential(
            _down(1, 24, 2),
            _down(24, 48, 2),
            Separable(48),
            _down(48, 96, (2, 1)),
            Separable(96),
            Separable(96),
        )
        self.column = nn.Sequential(nn.Conv1d(5 * 96, 192, 1, bias=False), nn.BatchNorm1d(192), nn.ReLU())
        self.mix = nn.Sequential(Mixer(192), Mixer(192))
        self.along = nn.LSTM(192, 128, batch_first=True, bidirectional=True)
        self.out = nn.Linear(256, characters + 1)

    def forward(self, ink: Tensor) -> Tensor:
        """ink: (batch, 1, 40, width), 0 paper to 1 ink → (batch, width / 4, characters + 1), before softmax."""
        maps = self.picture(ink)
        batch, channels, height, steps = maps.shape
        columns = self.mix(self.column(maps.reshape(batch, channels * height, steps)))
        seen, _ = self.along(columns.transpose(1, 2))
        return self.out(seen)
