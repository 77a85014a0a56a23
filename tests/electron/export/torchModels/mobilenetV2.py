"""The network MobileNet v2, written by Netloom."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class InvertedResidualBlockWithoutShortcut(nn.Sequential):
    """A 1×1 convolution widens, a depthwise 3×3 filters, a linear 1×1 narrows; shortcuts connect
    the narrow ends.
    """

    def __init__(
        self, in_channels: int, hidden_channels: int, out_channels: int, stride: int
    ) -> None:
        super().__init__(
            nn.Conv2d(in_channels, hidden_channels, 1, bias=False),
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01),
            nn.ReLU6(),
            nn.Conv2d(
                hidden_channels,
                hidden_channels,
                3,
                stride=stride,
                padding=1,
                groups=hidden_channels,
                bias=False,
            ),
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01),
            nn.ReLU6(),
            nn.Conv2d(hidden_channels, out_channels, 1, bias=False),
            nn.BatchNorm2d(out_channels, eps=0.001, momentum=0.01),
        )


class InvertedResidualBlock(nn.Module):
    """A 1×1 convolution widens, a depthwise 3×3 filters, a linear 1×1 narrows; shortcuts connect
    the narrow ends.
    """

    def __init__(self, channels: int, hidden_channels: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(channels, hidden_channels, 1, bias=False)
        self.expand_bn = nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        self.depthwise = nn.Conv2d(
            hidden_channels, hidden_channels, 3, padding=1, groups=hidden_channels, bias=False
        )
        self.depthwise_bn = nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        self.project = nn.Conv2d(hidden_channels, channels, 1, bias=False)
        self.project_bn = nn.BatchNorm2d(channels, eps=0.001, momentum=0.01)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu6(self.expand_bn(self.expand(x)))
        y = F.relu6(self.depthwise_bn(self.depthwise(y)))
        return x + self.project_bn(self.project(y))


class MobileNetV2(nn.Module):
    """MobileNet v2: N×3×96×96 in, N×10 out."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, stride=2, padding=1, bias=False)
        self.conv1_bn = nn.BatchNorm2d(32, eps=0.001, momentum=0.01)
        self.blocks = nn.Sequential(
            nn.Sequential(
                nn.Conv2d(32, 32, 3, padding=1, groups=32, bias=False),
                nn.BatchNorm2d(32, eps=0.001, momentum=0.01),
                nn.ReLU6(),
                nn.Conv2d(32, 16, 1, bias=False),
                nn.BatchNorm2d(16, eps=0.001, momentum=0.01),
            ),
            InvertedResidualBlockWithoutShortcut(16, 96, 24, stride=2),
            InvertedResidualBlock(24, 144),
            InvertedResidualBlockWithoutShortcut(24, 144, 32, stride=2),
            InvertedResidualBlock(32, 192),
            InvertedResidualBlock(32, 192),
            InvertedResidualBlockWithoutShortcut(32, 192, 64, stride=2),
            InvertedResidualBlock(64, 384),
            InvertedResidualBlock(64, 384),
            InvertedResidualBlock(64, 384),
            InvertedResidualBlockWithoutShortcut(64, 384, 96, stride=1),
            InvertedResidualBlock(96, 576),
            InvertedResidualBlock(96, 576),
            InvertedResidualBlockWithoutShortcut(96, 576, 160, stride=2),
            InvertedResidualBlock(160, 960),
            InvertedResidualBlock(160, 960),
            InvertedResidualBlockWithoutShortcut(160, 960, 320, stride=1),
        )
        self.conv_last = nn.Conv2d(320, 1280, 1, bias=False)
        self.conv_last_bn = nn.BatchNorm2d(1280, eps=0.001, momentum=0.01)
        self.dropout = nn.Dropout(0.2)
        self.output = nn.Linear(1280, 10)

    def forward(self, x: Tensor) -> Tensor:
        """What the loss starts from: scores, before their softmax."""
        x = F.relu6(self.conv1_bn(self.conv1(x)))  # N×32×48×48
        x = self.blocks(x)  # N×320×3×3
        x = self.dropout(F.relu6(self.conv_last_bn(self.conv_last(x))).mean(dim=(2, 3)))  # N×1280
        return self.output(x)

    def predict(self, x: Tensor) -> Tensor:
        """Probabilities."""
        return torch.softmax(self(x), dim=-1)
