"""Trains the small CNN of parity.test.ts in PyTorch from given weights on given batches; prints the losses as JSON."""
import json
import sys

import torch
import torch.nn.functional as F

with open(sys.argv[1]) as f:
    job = json.load(f)
torch.manual_seed(0)

# Kernels come as tfjs has them: height × width × in × out.
W = {name: torch.tensor(w["values"], dtype=torch.float32).reshape(w["shape"]) for name, w in job["weights"].items()}
for name in ("conv1", "conv2"):
    W[f"{name}/kernel"] = W[f"{name}/kernel"].permute(3, 2, 0, 1).contiguous()
for w in W.values():
    w.requires_grad_(True)

if job["optimizer"] == "adam":
    optimizer = torch.optim.Adam(W.values(), lr=job["learningRate"], eps=1e-7)
else:
    optimizer = torch.optim.SGD(W.values(), lr=job["learningRate"], momentum=job["momentum"])

losses = []
for batch in job["batches"]:
    x = torch.tensor(batch["x"], dtype=torch.float32).reshape(-1, *job["inputShape"]).permute(0, 3, 1, 2)
    y = torch.tensor(batch["y"]).reshape(x.shape[0], -1).argmax(1)
    h = F.relu(F.conv2d(x, W["conv1/kernel"], W["conv1/bias"], padding=1))
    h = F.max_pool2d(h, 2)
    h = torch.tanh(F.conv2d(h, W["conv2/kernel"], W["conv2/bias"], stride=2))
    h = h.permute(0, 2, 3, 1).flatten(1)
    loss = F.cross_entropy(h @ W["out/kernel"] + W["out/bias"], y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
print(json.dumps(losses))
