"""The network GoogLeNet (Inception v1), written by Netloom."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class InceptionModuleV1(nn.Module):
    """1×1, 3×3 and 5×5 convolutions and a max pooling look at the same input; 1×1 convolutions keep
    the cost down.
    """

    def __init__(
        self,
        in_channels: int,
        conv_1x1_channels: int,
        conv_3x3_reduce_channels: int,
        conv_3x3_channels: int,
        conv_5x5_reduce_channels: int,
        conv_5x5_channels: int,
        out_channels: int,
    ) -> None:
        super().__init__()
        self.conv_1x1 = nn.Conv2d(in_channels, conv_1x1_channels, 1)
        self.conv_3x3_reduce = nn.Conv2d(in_channels, conv_3x3_reduce_channels, 1)
        self.conv_3x3 = nn.Conv2d(conv_3x3_reduce_channels, conv_3x3_channels, 3, padding=1)
        self.conv_5x5_reduce = nn.Conv2d(in_channels, conv_5x5_reduce_channels, 1)
        self.conv_5x5 = nn.Conv2d(conv_5x5_reduce_channels, conv_5x5_channels, 5, padding=2)
        self.pool = nn.MaxPool2d(3, stride=1, padding=1)
        self.pool_projection = nn.Conv2d(in_channels, out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        branch1 = F.relu(self.conv_1x1(x))
        branch2 = F.relu(self.conv_3x3_reduce(x))
        branch2 = F.relu(self.conv_3x3(branch2))
        branch3 = F.relu(self.conv_5x5_reduce(x))
        branch3 = F.relu(self.conv_5x5(branch3))
        x = self.pool(x)
        return torch.cat([branch1, branch2, branch3, F.relu(self.pool_projection(x))], dim=1)


class GoogLeNetInceptionV1(nn.Module):
    """GoogLeNet (Inception v1): N×3×224×224 in, N×10, N×10, N×10 out."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2, padding=3),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),
            nn.LocalResponseNorm(5, alpha=0.0005),
            nn.Conv2d(64, 64, 1),
            nn.ReLU(),
            nn.Conv2d(64, 192, 3, padding=1),
            nn.ReLU(),
            nn.LocalResponseNorm(5, alpha=0.0005),
            nn.MaxPool2d(3, stride=2, ceil_mode=True),
        )
        self.inception_3a = InceptionModuleV1(192, 64, 96, 128, 16, 32, 32)
        self.inception_3b = InceptionModuleV1(256, 128, 128, 192, 32, 96, 64)
        self.pool3 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.inception_4a = InceptionModuleV1(480, 192, 96, 208, 16, 48, 64)
        self.auxiliary_4a = nn.Sequential(
            nn.AvgPool2d(5, stride=3),
            nn.Conv2d(512, 128, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(2048, 1024),
            nn.ReLU(),
            nn.Dropout(0.7),
            nn.Linear(1024, 10),
        )
        self.inception_4b = InceptionModuleV1(512, 160, 112, 224, 24, 64, 64)
        self.inception_4c = InceptionModuleV1(512, 128, 128, 256, 24, 64, 64)
        self.inception_4d = InceptionModuleV1(512, 112, 144, 288, 32, 64, 64)
        self.auxiliary_4d = nn.Sequential(
            nn.AvgPool2d(5, stride=3),
            nn.Conv2d(528, 128, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(2048, 1024),
            nn.ReLU(),
            nn.Dropout(0.7),
            nn.Linear(1024, 10),
        )
        self.inception_4e = InceptionModuleV1(528, 256, 160, 320, 32, 128, 128)
        self.pool4 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.inception_5a = InceptionModuleV1(832, 256, 160, 320, 32, 128, 128)
        self.inception_5b = InceptionModuleV1(832, 384, 192, 384, 48, 128, 128)
        self.dropout = nn.Dropout(0.4)
        self.output = nn.Linear(1024, 10)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What the loss starts from: scores, before their softmax."""
        x = self.stem(x)  # N×192×28×28
        x = self.inception_3a(x)  # N×256×28×28
        x = self.inception_3b(x)  # N×480×28×28
        x = self.pool3(x)  # N×480×14×14
        x = self.inception_4a(x)  # N×512×14×14
        auxiliary_4a = self.auxiliary_4a(x)  # N×10
        x = self.inception_4b(x)  # N×512×14×14
        x = self.inception_4c(x)  # N×512×14×14
        x = self.inception_4d(x)  # N×528×14×14
        auxiliary_4d = self.auxiliary_4d(x)  # N×10
        x = self.inception_4e(x)  # N×832×14×14
        x = self.pool4(x)  # N×832×7×7
        x = self.inception_5a(x)  # N×832×7×7
        x = self.dropout(self.inception_5b(x).mean(dim=(2, 3)))  # N×1024
        output = self.output(x)  # N×10
        return auxiliary_4a, auxiliary_4d, output

    def predict(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Probabilities."""
        auxiliary_4a, auxiliary_4d, output = self(x)
        return (
            torch.softmax(auxiliary_4a, dim=-1),
            torch.softmax(auxiliary_4d, dim=-1),
            torch.softmax(output, dim=-1),
        )
