"""The small network: it weights the candidates and sets the quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from models.training.graph.common import ANCHORS, LEVELS, MEDIAN, Weights
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

QUANTILES = torch.tensor(LEVELS)
MAX_LOSS = 20  # of one series, in units of the seasonal-naive error: one odd series must not decide


@dataclass(frozen=True)
class NetworkInput:
    """``inputs`` [B, D], ``candidates`` [B, K, S], ``steps`` [B, S, F], ``empirical`` [B, S, Q], ``hats``
    [ANCHORS, S], ``spread`` [S], in scaled units."""

    inputs: torch.Tensor
    candidates: torch.Tensor
    steps: torch.Tensor
    empirical: torch.Tensor
    hats: torch.Tensor
    spread: torch.Tensor


@dataclass(frozen=True)
class Target:
    """What quantiles are scored by: ``actual`` [B, S], ``floor`` [B, S] (zero in scaled units, or far below),
    ``naive_error`` [B, 1], and for a student the teacher's quantiles [B, S, Q]."""

    actual: torch.Tensor
    floor: torch.Tensor
    naive_error: torch.Tensor
    teacher: torch.Tensor | None = None


class Block(nn.Module):
    """Pre-norm residual block."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm, self.one, self.two = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[B, width] → [B, width]."""
        return x + self.two(F.gelu(self.one(self.norm(x))))


class Network(nn.Module):
    """From a ``NetworkInput`` to quantiles [B, S, Q] in scaled units."""

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

    def forward(self, read: NetworkInput) -> torch.Tensor:
        """Quantiles [B, S, Q]: a weighted mean of the candidates, shifted, with gaps between the levels that cannot be
        negative, mixed with the empirical quantiles."""
        x = self.enter((read.inputs - self.center) / self.width)
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        weights = torch.softmax(self.mix(x).view(len(x), ANCHORS, -1), dim=2)
        point = torch.einsum("bak,as,bks->bs", weights, read.hats, read.candidates)
        out = self.leave(F.gelu(self.state(x).unsqueeze(1) + self.step(read.steps)))
        shift, width = out[:, :, 0] * read.spread, torch.exp(out[:, :, 1].clamp(-5, 5)) * read.spread
        gate = torch.sigmoid(out[:, :, 2:3] - 3.0)
        gaps = F.softplus(out[:, :, 3:] - 1.2)
        above = gaps[:, :, MEDIAN:].cumsum(2)
        below = -gaps[:, :, :MEDIAN].flip(2).cumsum(2).flip(2)
        shape = torch.cat([below, torch.zeros_like(above[:, :, :1]), above], dim=2)
        learned = (point + shift).unsqueeze(2) + width.unsqueeze(2) * shape
        return torch.lerp(learned, read.empirical, gate)

    def weights(self) -> Weights:
        """Every parameter as an array, by name."""
        return {name: value.detach().numpy().copy() for name, value in self.state_dict().items()}


class Ensemble(nn.Module):
    """The mean of the quantiles of several networks."""

    def __init__(self, members: Sequence[Network]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, read: NetworkInput) -> torch.Tensor:
        """Quantiles [B, S, Q] in scaled units."""
        return torch.stack([member(read) for member in self.members]).mean(dim=0)


def quantile_loss(quantiles: torch.Tensor, target: Target) -> torch.Tensor:
    """Twice the mean pinball loss of each series [B], the quantiles cut at the floor."""
    miss = target.actual.unsqueeze(2) - torch.maximum(quantiles, target.floor.unsqueeze(2))
    return 2 * torch.maximum(QUANTILES * miss, (QUANTILES - 1) * miss).mean(dim=(1, 2))


def loss(quantiles: torch.Tensor, target: Target) -> torch.Tensor:
    """Quantile loss over all levels in units of the seasonal-naive error, clipped for each series: it looks like
    MASE."""
    return (quantile_loss(quantiles, target) / (target.naive_error.squeeze(1) + 0.1)).clamp(max=MAX_LOSS).mean()


def distilled_loss(quantiles: torch.Tensor, target: Target, teacher_share: float) -> torch.Tensor:
    """Mix the loss on what happened with the distance from the teacher's quantiles, which are smooth where a single
    outcome is noisy (Hinton, Vinyals and Dean 2015). ``teacher_share``: the weight of the teacher, 0 to 1."""
    assert target.teacher is not None
    apart = (torch.maximum(quantiles, target.floor.unsqueeze(2)) - target.teacher).abs().mean(dim=(1, 2))
    taught = (apart / (target.naive_error.squeeze(1) + 0.1)).clamp(max=MAX_LOSS).mean()
    return (1 - teacher_share) * loss(quantiles, target) + teacher_share * taught
