"""The small network: it weighs the candidates and says how unsure to be."""

from __future__ import annotations

import torch
from models.training.graph.common import ANCHORS, LEVELS, MEDIAN, Weights
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

QUANTILES = torch.tensor(LEVELS)


class Block(nn.Module):
    """Pre-norm residual block."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm, self.one, self.two = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.two(F.gelu(self.one(self.norm(x))))


class Net(nn.Module):
    """``inputs`` [B, D], ``candidates`` [B, K, S], ``steps`` [B, S, F], ``empirical`` [B, Q] → quantiles [B, S, Q] in
    scaled units."""

    def __init__(self, inputs: int, candidates: int, per_step: int, width: int = 128, blocks: int = 2) -> None:
        super().__init__()
        hidden = 48
        self.center = nn.Parameter(torch.zeros(inputs), requires_grad=False)
        self.width = nn.Parameter(torch.ones(inputs), requires_grad=False)
        self.enter = nn.Linear(inputs, width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(blocks))
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(width, ANCHORS * candidates)
        self.state, self.step = nn.Linear(width, hidden), nn.Linear(per_step, hidden)
        self.leave = nn.Linear(hidden, 3 + len(LEVELS) - 1)
        for layer in (self.mix, self.leave):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)

    def forward(
        self,
        inputs: torch.Tensor,
        candidates: torch.Tensor,
        steps: torch.Tensor,
        empirical: torch.Tensor,
        hats: torch.Tensor,
        spread: torch.Tensor,
    ) -> torch.Tensor:
        x = self.enter((inputs - self.center) / self.width)
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        weights = torch.softmax(self.mix(x).view(len(x), ANCHORS, -1), dim=2)
        point = torch.einsum("bak,as,bks->bs", weights, hats, candidates)
        out = self.leave(F.gelu(self.state(x).unsqueeze(1) + self.step(steps)))
        shift, width = out[:, :, 0] * spread, torch.exp(out[:, :, 1].clamp(-5, 5)) * spread
        gate = torch.sigmoid(out[:, :, 2:3] - 3.0)
        gaps = F.softplus(out[:, :, 3:] - 1.2)
        above = gaps[:, :, MEDIAN:].cumsum(2)
        below = -gaps[:, :, :MEDIAN].flip(2).cumsum(2).flip(2)
        shape = torch.cat([below, torch.zeros_like(above[:, :, :1]), above], dim=2)
        learned = (point + shift).unsqueeze(2) + width.unsqueeze(2) * shape
        return torch.lerp(learned, empirical.unsqueeze(1).expand_as(learned), gate)

    def weights(self) -> Weights:
        return {name: value.detach().numpy().copy() for name, value in self.state_dict().items()}


def quantile_loss(quantiles: torch.Tensor, actual: torch.Tensor, floor: torch.Tensor) -> torch.Tensor:
    """Twice the mean pinball loss of each series [B], the quantiles cut at ``floor`` [B, 1] (zero, in scaled units)."""
    miss = actual.unsqueeze(2) - torch.maximum(quantiles, floor.unsqueeze(2))
    return 2 * torch.maximum(QUANTILES * miss, (QUANTILES - 1) * miss).mean(dim=(1, 2))


def loss(quantiles: torch.Tensor, actual: torch.Tensor, floor: torch.Tensor, naive_error: torch.Tensor) -> torch.Tensor:
    """Pinball loss over all levels in units of the seasonal-naive error [B, 1], clipped per series: looks like MASE."""
    return (quantile_loss(quantiles, actual, floor) / (naive_error.squeeze(1) + 0.1)).clamp(max=20).mean()


def distilled_loss(
    quantiles: torch.Tensor,
    actual: torch.Tensor,
    floor: torch.Tensor,
    naive_error: torch.Tensor,
    teacher: torch.Tensor,
    trust: float,
) -> torch.Tensor:
    """What happened, and what the teacher said would: ``trust`` is the share of the teacher's word. Its quantiles
    [B, S, Q] are smooth where a single outcome is noisy (Hinton, Vinyals and Dean 2015)."""
    apart = (torch.maximum(quantiles, floor.unsqueeze(2)) - teacher).abs().mean(dim=(1, 2))
    taught = (apart / (naive_error.squeeze(1) + 0.1)).clamp(max=20).mean()
    return (1 - trust) * loss(quantiles, actual, floor, naive_error) + trust * taught
