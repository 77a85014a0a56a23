"""Trains one of the networks of nets.ts in PyTorch on random data: torch_speed.py <network> <batch> cpu|cuda|mps.

Every line read is a time in seconds to train for; the answer is images per second. At the end of the input comes the
peak of resident memory in bytes. Without a network: prints the devices that it could train on.
"""
import resource
import sys
import time

import torch
from torch import nn


def lenet():
    return nn.Sequential(
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
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(4096, 128), nn.ReLU(), nn.Linear(128, 10))


def conv_bn(inputs, outputs, kernel, stride=1, groups=1, activation=None):
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs), *([activation] if activation else []))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = conv_bn(inputs, outputs, 3, stride, activation=nn.ReLU(inplace=True))
        self.conv2 = conv_bn(outputs, outputs, 3)
        self.shortcut = nn.Identity() if stride == 1 else conv_bn(inputs, outputs, 1, stride)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.conv2(self.conv1(x)) + self.shortcut(x))


def resnet18():
    layers, channels = [conv_bn(3, 64, 3, activation=nn.ReLU(inplace=True))], 64
    for filters, first in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [Residual(channels, filters, first), Residual(filters, filters, 1)]
        channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        width = inputs * expansion
        wide = [conv_bn(inputs, width, 1, activation=nn.ReLU6(inplace=True))] if expansion > 1 else []
        depthwise = conv_bn(width, width, 3, stride, groups=width, activation=nn.ReLU6(inplace=True))
        self.conv = nn.Sequential(*wide, depthwise, conv_bn(width, outputs, 1))
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.shortcut else self.conv(x)


def mobilenet_v2():
    layers, channels = [conv_bn(3, 32, 3, 2, activation=nn.ReLU6(inplace=True))], 32
    for expansion, filters, repeats, first in (
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ):  # fmt: skip
        for i in range(repeats):
            layers.append(InvertedResidual(channels, filters, first if i == 0 else 1, expansion))
            channels = filters
    layers.append(conv_bn(320, 1280, 1, activation=nn.ReLU6(inplace=True)))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(1280, 10))


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.states = kind(28, 128, num_layers=2, batch_first=True)
        self.output = nn.Linear(128, 10)

    def forward(self, x):
        return self.output(self.states(x)[0][:, -1])


nets = {
    "LeNet": ((1, 28, 28), lenet),
    "VGG": ((3, 32, 32), lambda: vgg(False)),
    "VGG-BN": ((3, 32, 32), lambda: vgg(True)),
    "ResNet-18": ((3, 32, 32), resnet18),
    "MobileNetV2": ((3, 96, 96), mobilenet_v2),
    "LSTM": ((28, 28), lambda: Recurrent(nn.LSTM)),
    "GRU": ((28, 28), lambda: Recurrent(nn.GRU)),
    "RNN": ((28, 28), lambda: Recurrent(nn.RNN)),
}

available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
if len(sys.argv) == 1:
    sys.exit(print(*(device for device in available if available[device])))

name, batch, device = sys.argv[1], int(sys.argv[2]), sys.argv[3]
shape, make = nets[name]
net = make().to(device)
x, y = torch.rand(batch, *shape, device=device), torch.arange(batch, device=device) % 10
optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)


def train(seconds):
    start, steps = time.perf_counter(), 0
    while steps == 0 or time.perf_counter() - start < seconds:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        steps += 1
    loss.item()  # A GPU computes behind: until this, the last steps are still to be done.
    return batch * steps / (time.perf_counter() - start)


for line in sys.stdin:
    print(train(float(line)), flush=True)
try:
    with open("/proc/self/status") as status:
        print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024)
except OSError:
    # Bytes on macOS, kilobytes elsewhere.
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
