"""Trains one of the networks of nets.ts in PyTorch on random data and prints images per second."""
import sys
import time

import torch
from torch import nn


def lenet():
    return (1, 28), nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip


def vgg(batch_norm):
    layers, channels = [], 3
    for filters in (32, 64):
        for _ in range(2):
            layers.append(nn.Conv2d(channels, filters, 3, padding=1, bias=not batch_norm))
            layers += [nn.BatchNorm2d(filters)] if batch_norm else []
            layers.append(nn.ReLU())
            channels = filters
        layers.append(nn.MaxPool2d(2))
    return (3, 32), nn.Sequential(*layers, nn.Flatten(), nn.Linear(4096, 128), nn.ReLU(), nn.Linear(128, 10))


name, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
(channels, size), net = lenet() if name == "LeNet" else vgg(name.endswith("batch norm"))
x, y = torch.rand(batch, channels, size, size), torch.arange(batch) % 10
optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)


def train(count):
    for _ in range(count):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()


train(max(2, steps // 5))
start = time.perf_counter()
train(steps)
print(batch * steps / (time.perf_counter() - start))
