"""The network Inception-v3, written by Netloom."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def without_scale(norm: nn.Module) -> nn.Module:
    """A normalization that learns no scale: its weight stays 1."""
    norm.weight.requires_grad_(False)
    return norm


class InceptionModuleV3A(nn.Module):
    """At 35×35: 1×1, 5×5, two 3×3 and an average pooling side by side."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv_1x1 = nn.Conv2d(in_channels, 64, 1, bias=False)
        self.conv_1x1_bn = without_scale(nn.BatchNorm2d(64, eps=0.001, momentum=0.01))
        self.conv_1x1_2 = nn.Conv2d(in_channels, 48, 1, bias=False)
        self.conv_1x1_bn_2 = without_scale(nn.BatchNorm2d(48, eps=0.001, momentum=0.01))
        self.conv_5x5 = nn.Conv2d(48, 64, 5, padding=2, bias=False)
        self.conv_5x5_bn = without_scale(nn.BatchNorm2d(64, eps=0.001, momentum=0.01))
        self.conv_1x1_3 = nn.Conv2d(in_channels, 64, 1, bias=False)
        self.conv_1x1_bn_3 = without_scale(nn.BatchNorm2d(64, eps=0.001, momentum=0.01))
        self.conv_3x3 = nn.Conv2d(64, 96, 3, padding=1, bias=False)
        self.conv_3x3_bn = without_scale(nn.BatchNorm2d(96, eps=0.001, momentum=0.01))
        self.conv_3x3_2 = nn.Conv2d(96, 96, 3, padding=1, bias=False)
        self.conv_3x3_bn_2 = without_scale(nn.BatchNorm2d(96, eps=0.001, momentum=0.01))
        self.pool = nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)
        self.conv_1x1_4 = nn.Conv2d(in_channels, out_channels, 1, bias=False)
        self.conv_1x1_bn_4 = without_scale(nn.BatchNorm2d(out_channels, eps=0.001, momentum=0.01))

    def forward(self, x: Tensor) -> Tensor:
        branch1 = F.relu(self.conv_1x1_bn(self.conv_1x1(x)))
        branch2 = F.relu(self.conv_1x1_bn_2(self.conv_1x1_2(x)))
        branch2 = F.relu(self.conv_5x5_bn(self.conv_5x5(branch2)))
        branch3 = F.relu(self.conv_1x1_bn_3(self.conv_1x1_3(x)))
        branch3 = F.relu(self.conv_3x3_bn(self.conv_3x3(branch3)))
        branch3 = F.relu(self.conv_3x3_bn_2(self.conv_3x3_2(branch3)))
        x = self.pool(x)
        return torch.cat(
            [branch1, branch2, branch3, F.relu(self.conv_1x1_bn_4(self.conv_1x1_4(x)))], dim=1
        )


class InceptionReductionV3B(nn.Module):
    """From 35×35 to 17×17: strided convolutions and a max pooling side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_3x3 = nn.Conv2d(288, 384, 3, stride=2, bias=False)
        self.conv_3x3_bn = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.conv_1x1 = nn.Conv2d(288, 64, 1, bias=False)
        self.conv_1x1_bn = without_scale(nn.BatchNorm2d(64, eps=0.001, momentum=0.01))
        self.conv_3x3_2 = nn.Conv2d(64, 96, 3, padding=1, bias=False)
        self.conv_3x3_bn_2 = without_scale(nn.BatchNorm2d(96, eps=0.001, momentum=0.01))
        self.conv_3x3_3 = nn.Conv2d(96, 96, 3, stride=2, bias=False)
        self.conv_3x3_bn_3 = without_scale(nn.BatchNorm2d(96, eps=0.001, momentum=0.01))
        self.pool = nn.MaxPool2d(3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        branch1 = F.relu(self.conv_3x3_bn(self.conv_3x3(x)))
        branch2 = F.relu(self.conv_1x1_bn(self.conv_1x1(x)))
        branch2 = F.relu(self.conv_3x3_bn_2(self.conv_3x3_2(branch2)))
        branch2 = F.relu(self.conv_3x3_bn_3(self.conv_3x3_3(branch2)))
        return torch.cat([branch1, branch2, self.pool(x)], dim=1)


class InceptionModuleV3C(nn.Module):
    """At 17×17: 7×7 convolutions taken apart into 1×7 and 7×1."""

    def __init__(self, hidden_channels: int) -> None:
        super().__init__()
        self.conv_1x1 = nn.Conv2d(768, 192, 1, bias=False)
        self.conv_1x1_bn = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.conv_1x1_2 = nn.Conv2d(768, hidden_channels, 1, bias=False)
        self.conv_1x1_bn_2 = without_scale(
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        )
        self.conv_1x7 = nn.Conv2d(
            hidden_channels, hidden_channels, (1, 7), padding=(0, 3), bias=False
        )
        self.conv_1x7_bn = without_scale(nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01))
        self.conv_7x1 = nn.Conv2d(hidden_channels, 192, (7, 1), padding=(3, 0), bias=False)
        self.conv_7x1_bn = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.conv_1x1_3 = nn.Conv2d(768, hidden_channels, 1, bias=False)
        self.conv_1x1_bn_3 = without_scale(
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        )
        self.conv_7x1_2 = nn.Conv2d(
            hidden_channels, hidden_channels, (7, 1), padding=(3, 0), bias=False
        )
        self.conv_7x1_bn_2 = without_scale(
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        )
        self.conv_1x7_2 = nn.Conv2d(
            hidden_channels, hidden_channels, (1, 7), padding=(0, 3), bias=False
        )
        self.conv_1x7_bn_2 = without_scale(
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        )
        self.conv_7x1_3 = nn.Conv2d(
            hidden_channels, hidden_channels, (7, 1), padding=(3, 0), bias=False
        )
        self.conv_7x1_bn_3 = without_scale(
            nn.BatchNorm2d(hidden_channels, eps=0.001, momentum=0.01)
        )
        self.conv_1x7_3 = nn.Conv2d(hidden_channels, 192, (1, 7), padding=(0, 3), bias=False)
        self.conv_1x7_bn_3 = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.pool = nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)
        self.conv_1x1_4 = nn.Conv2d(768, 192, 1, bias=False)
        self.conv_1x1_bn_4 = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))

    def forward(self, x: Tensor) -> Tensor:
        branch1 = F.relu(self.conv_1x1_bn(self.conv_1x1(x)))
        branch2 = F.relu(self.conv_1x1_bn_2(self.conv_1x1_2(x)))
        branch2 = F.relu(self.conv_1x7_bn(self.conv_1x7(branch2)))
        branch2 = F.relu(self.conv_7x1_bn(self.conv_7x1(branch2)))
        branch3 = F.relu(self.conv_1x1_bn_3(self.conv_1x1_3(x)))
        branch3 = F.relu(self.conv_7x1_bn_2(self.conv_7x1_2(branch3)))
        branch3 = F.relu(self.conv_1x7_bn_2(self.conv_1x7_2(branch3)))
        branch3 = F.relu(self.conv_7x1_bn_3(self.conv_7x1_3(branch3)))
        branch3 = F.relu(self.conv_1x7_bn_3(self.conv_1x7_3(branch3)))
        x = self.pool(x)
        return torch.cat(
            [branch1, branch2, branch3, F.relu(self.conv_1x1_bn_4(self.conv_1x1_4(x)))], dim=1
        )


class InceptionReductionV3D(nn.Module):
    """From 17×17 to 8×8: strided convolutions and a max pooling side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_1x1 = nn.Conv2d(768, 192, 1, bias=False)
        self.conv_1x1_bn = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.conv_3x3 = nn.Conv2d(192, 320, 3, stride=2, bias=False)
        self.conv_3x3_bn = without_scale(nn.BatchNorm2d(320, eps=0.001, momentum=0.01))
        self.conv_1x1_2 = nn.Conv2d(768, 192, 1, bias=False)
        self.conv_1x1_bn_2 = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.conv_1x7 = nn.Conv2d(192, 192, (1, 7), padding=(0, 3), bias=False)
        self.conv_1x7_bn = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.conv_7x1 = nn.Conv2d(192, 192, (7, 1), padding=(3, 0), bias=False)
        self.conv_7x1_bn = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.conv_3x3_2 = nn.Conv2d(192, 192, 3, stride=2, bias=False)
        self.conv_3x3_bn_2 = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))
        self.pool = nn.MaxPool2d(3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        branch1 = F.relu(self.conv_1x1_bn(self.conv_1x1(x)))
        branch1 = F.relu(self.conv_3x3_bn(self.conv_3x3(branch1)))
        branch2 = F.relu(self.conv_1x1_bn_2(self.conv_1x1_2(x)))
        branch2 = F.relu(self.conv_1x7_bn(self.conv_1x7(branch2)))
        branch2 = F.relu(self.conv_7x1_bn(self.conv_7x1(branch2)))
        branch2 = F.relu(self.conv_3x3_bn_2(self.conv_3x3_2(branch2)))
        return torch.cat([branch1, branch2, self.pool(x)], dim=1)


class InceptionModuleV3E(nn.Module):
    """At 8×8: 1×3 and 3×1 convolutions side by side widen the representation."""

    def __init__(self, in_channels: int) -> None:
        super().__init__()
        self.conv_1x1 = nn.Conv2d(in_channels, 320, 1, bias=False)
        self.conv_1x1_bn = without_scale(nn.BatchNorm2d(320, eps=0.001, momentum=0.01))
        self.conv_1x1_2 = nn.Conv2d(in_channels, 384, 1, bias=False)
        self.conv_1x1_bn_2 = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.conv_1x3 = nn.Conv2d(384, 384, (1, 3), padding=(0, 1), bias=False)
        self.conv_1x3_bn = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.conv_3x1 = nn.Conv2d(384, 384, (3, 1), padding=(1, 0), bias=False)
        self.conv_3x1_bn = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.conv_1x1_3 = nn.Conv2d(in_channels, 448, 1, bias=False)
        self.conv_1x1_bn_3 = without_scale(nn.BatchNorm2d(448, eps=0.001, momentum=0.01))
        self.conv_3x3 = nn.Conv2d(448, 384, 3, padding=1, bias=False)
        self.conv_3x3_bn = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.conv_1x3_2 = nn.Conv2d(384, 384, (1, 3), padding=(0, 1), bias=False)
        self.conv_1x3_bn_2 = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.conv_3x1_2 = nn.Conv2d(384, 384, (3, 1), padding=(1, 0), bias=False)
        self.conv_3x1_bn_2 = without_scale(nn.BatchNorm2d(384, eps=0.001, momentum=0.01))
        self.pool = nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)
        self.conv_1x1_4 = nn.Conv2d(in_channels, 192, 1, bias=False)
        self.conv_1x1_bn_4 = without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01))

    def forward(self, x: Tensor) -> Tensor:
        branch1 = F.relu(self.conv_1x1_bn(self.conv_1x1(x)))
        branch2 = F.relu(self.conv_1x1_bn_2(self.conv_1x1_2(x)))
        y = F.relu(self.conv_1x3_bn(self.conv_1x3(branch2)))
        branch2 = F.relu(self.conv_3x1_bn(self.conv_3x1(branch2)))
        branch3 = F.relu(self.conv_1x1_bn_3(self.conv_1x1_3(x)))
        branch3 = F.relu(self.conv_3x3_bn(self.conv_3x3(branch3)))
        branch4 = F.relu(self.conv_1x3_bn_2(self.conv_1x3_2(branch3)))
        branch3 = F.relu(self.conv_3x1_bn_2(self.conv_3x1_2(branch3)))
        x = self.pool(x)
        return torch.cat(
            [branch1, y, branch2, branch4, branch3, F.relu(self.conv_1x1_bn_4(self.conv_1x1_4(x)))], dim=1
        )


class InceptionV3(nn.Module):
    """Inception-v3: N×3×299×299 in, N×1000 out."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 32, 3, stride=2, bias=False),
            without_scale(nn.BatchNorm2d(32, eps=0.001, momentum=0.01)),
            nn.ReLU(),
            nn.Conv2d(32, 32, 3, bias=False),
            without_scale(nn.BatchNorm2d(32, eps=0.001, momentum=0.01)),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3, padding=1, bias=False),
            without_scale(nn.BatchNorm2d(64, eps=0.001, momentum=0.01)),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),
            nn.Conv2d(64, 80, 1, bias=False),
            without_scale(nn.BatchNorm2d(80, eps=0.001, momentum=0.01)),
            nn.ReLU(),
            nn.Conv2d(80, 192, 3, bias=False),
            without_scale(nn.BatchNorm2d(192, eps=0.001, momentum=0.01)),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),
        )
        self.mixed_5b = InceptionModuleV3A(192, 32)
        self.mixed_5c = InceptionModuleV3A(256, 64)
        self.mixed_5d = InceptionModuleV3A(288, 64)
        self.mixed_6a = InceptionReductionV3B()
        self.mixed_6b = InceptionModuleV3C(128)
        self.mixed_6c = InceptionModuleV3C(160)
        self.mixed_6d = InceptionModuleV3C(160)
        self.mixed_6e = InceptionModuleV3C(192)
        self.mixed_7a = InceptionReductionV3D()
        self.mixed_7b = InceptionModuleV3E(1280)
        self.mixed_7c = InceptionModuleV3E(2048)
        self.dropout = nn.Dropout()
        self.output = nn.Linear(2048, 1000)

    def forward(self, x: Tensor) -> Tensor:
        """What the loss starts from: scores, before their softmax."""
        x = self.stem(x)  # N×192×35×35
        x = self.mixed_5b(x)  # N×256×35×35
        x = self.mixed_5c(x)  # N×288×35×35
        x = self.mixed_5d(x)  # N×288×35×35
        x = self.mixed_6a(x)  # N×768×17×17
        x = self.mixed_6b(x)  # N×768×17×17
        x = self.mixed_6c(x)  # N×768×17×17
        x = self.mixed_6d(x)  # N×768×17×17
        x = self.mixed_6e(x)  # N×768×17×17
        x = self.mixed_7a(x)  # N×1280×8×8
        x = self.mixed_7b(x)  # N×2048×8×8
        x = self.dropout(self.mixed_7c(x).mean(dim=(2, 3)))  # N×2048
        return self.output(x)

    def predict(self, x: Tensor) -> Tensor:
        """Probabilities."""
        return torch.softmax(self(x), dim=-1)
