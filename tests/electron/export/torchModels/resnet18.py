"""The network ResNet-18, written by Netloom."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions whose result is added to the input; the shortcut keeps gradients alive
    in deep networks.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.conv1_bn = nn.BatchNorm2d(channels, eps=0.001, momentum=0.01)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.conv2_bn = nn.BatchNorm2d(channels, eps=0.001, momentum=0.01)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.conv1_bn(self.conv1(x)))
        return F.relu(self.conv2_bn(self.conv2(y)) + x)


class ResidualBlockWithProjection(nn.Module):
    """Two 3×3 convolutions whose result is added to the input; the shortcut keeps gradients alive
    in deep networks.
    """

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride=2, padding=1, bias=False)
        self.conv1_bn = nn.BatchNorm2d(out_channels, eps=0.001, momentum=0.01)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.conv2_bn = nn.BatchNorm2d(out_channels, eps=0.001, momentum=0.01)
        self.shortcut = nn.Conv2d(in_channels, out_channels, 1, stride=2, bias=False)
        self.shortcut_bn = nn.BatchNorm2d(out_channels, eps=0.001, momentum=0.01)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.conv1_bn(self.conv1(x)))
        y = self.conv2_bn(self.conv2(y))
        return F.relu(y + self.shortcut_bn(self.shortcut(x)))


class ResNet18(nn.Module):
    """ResNet-18: N×3×32×32 in, N×10 out."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(64, eps=0.001, momentum=0.01),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        self.conv2_x = nn.Sequential(
            ResidualBlock(64),
            ResidualBlock(64),
        )
        self.conv3_x = nn.Sequential(
            ResidualBlockWithProjection(64, 128),
            ResidualBlock(128),
        )
        self.conv4_x = nn.Sequential(
            ResidualBlockWithProjection(128, 256),
            ResidualBlock(256),
        )
        self.conv5_x = nn.Sequential(
            ResidualBlockWithProjection(256, 512),
            ResidualBlock(512),
        )
        self.output = nn.Linear(512, 10)

    def forward(self, x: Tensor) -> Tensor:
        """What the loss starts from: scores, before their softmax."""
        x = self.stem(x)  # N×64×8×8
        x = self.conv2_x(x)  # N×64×8×8
        x = self.conv3_x(x)  # N×128×4×4
        x = self.conv4_x(x)  # N×256×2×2
        x = self.conv5_x(x).mean(dim=(2, 3))  # N×512
        return self.output(x)

    def predict(self, x: Tensor) -> Tensor:
        """Probabilities."""
        return torch.softmax(self(x), dim=-1)
