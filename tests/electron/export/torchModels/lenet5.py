"""The network LeNet-5, written by Netloom."""

import torch
from torch import Tensor, nn


class LeNet5(nn.Module):
    """LeNet-5: N×1×32×32 in, N×10 out."""

    def __init__(self) -> None:
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, 5)
        self.s2 = nn.AvgPool2d(2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.s4 = nn.AvgPool2d(2)
        self.c5 = nn.Linear(400, 120)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, 10)

    def forward(self, x: Tensor) -> Tensor:
        """What the loss starts from: scores, before their softmax."""
        x = torch.tanh(self.c1(x))  # N×6×28×28
        x = self.s2(x)  # N×6×14×14
        x = torch.tanh(self.c3(x))  # N×16×10×10
        x = self.s4(x).flatten(1)  # N×400
        x = torch.tanh(self.c5(x))  # N×120
        x = torch.tanh(self.f6(x))  # N×84
        return self.output(x)

    def predict(self, x: Tensor) -> Tensor:
        """Probabilities."""
        return torch.softmax(self(x), dim=-1)
