"""How much the weeks vary about what is expected of them, and how much neighbouring weeks hang together.

A week's count is a Poisson (or binomial) draw about a rate that wanders: the logarithm of the rate has a disturbance
of variance ``sway`` whose correlation falls by ``memory`` a week, and the draw itself may vary ``spread`` times as much
as it should (Zeger 1988; Breslow and Clayton 1993). In a hundred weeks with a trend and a season none of the three
can be known well, and putting in one best guess makes intervals too narrow. So every combination on a grid is kept,
weighted by its restricted likelihood (Harville 1974: what the data say of it once all that the columns can explain is
taken out) and a mild prior.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.effect.regression import Fit, Floats

Integers = NDArray[np.int64]

SPREADS = np.array([1.0, 1.15, 1.35, 1.6, 2.0, 2.5, 3.2, 4.5, 7.0, 12.0])
SWAYS = np.array([0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.27, 0.35, 0.5, 0.7, 1.0]) ** 2
MEMORIES = np.array([0.0, 0.3, 0.55, 0.8])

_NEGLIGIBLE = 1e-5


@dataclass(frozen=True, slots=True)
class Noise:
    """What is known of the noise of a fit.

    ``weights`` (memories, spreads, sways) add up to one. ``correlations`` (memories, n, n): of the wandering
    rate; ``roots`` (n,): how far it moves each residual.
    """

    weights: Floats
    correlations: Floats
    roots: Floats

    def variances(self, direction: Floats) -> Floats:
        """(memories, spreads, sways) variance of ``direction @ residuals`` for each combination."""
        pulled = direction * self.roots
        wander = (self.correlations @ pulled) @ pulled
        plain = float(direction @ direction)
        variances: Floats = plain * SPREADS[None, :, None] + wander[:, None, None] * SWAYS[None, None, :]
        return variances

    def half_width(self, direction: Floats, level: float) -> float:
        """Half the width of the interval of ``direction @ residuals``, over all combinations together."""
        deviations = np.sqrt(self.variances(direction)).ravel()
        weights = self.weights.ravel()
        kept = weights > _NEGLIGIBLE
        return _half_width(deviations[kept], weights[kept] / weights[kept].sum(), level)

    @property
    def mean_spread(self) -> float:
        """The spread, on average."""
        return float((self.weights.sum(axis=(0, 2)) * SPREADS).sum())

    def mean_variances(self, directions: Floats) -> Floats:
        """(k,) variances of ``directions @ residuals`` (k, n), on average over all combinations."""
        sways = (self.weights.sum(axis=1) * SWAYS[None, :]).sum(axis=1)
        pulled = directions * self.roots
        wander = np.tensordot(sways, self.correlations, axes=1)
        variances: Floats = self.mean_spread * (directions**2).sum(axis=1) + ((pulled @ wander) * pulled).sum(axis=1)
        return variances


def learn_noise(fit: Fit, at: Integers) -> Noise:
    """The noise of ``fit``, from its residuals in the weeks ``at`` (n,)."""
    p = fit.columns.shape[1]
    free = np.linalg.qr(fit.weighted, mode="complete")[0][:, p:]
    roots = np.sqrt(fit.weights)
    apart = np.abs(np.subtract.outer(at, at))
    correlations = np.where(apart == 0, 1.0, MEMORIES[:, None, None] ** np.maximum(apart, 1))
    pulled = free * roots[:, None]
    logs = np.stack([_log_likelihood(pulled.T @ each @ pulled, free.T @ fit.residuals) for each in correlations])
    logs += np.log(_prior())
    weights = np.exp(logs - logs.max())
    return Noise(weights / weights.sum(), correlations, roots)


def _log_likelihood(wander: Floats, contrasts: Floats) -> Floats:
    """(spreads, sways) restricted log-likelihood; ``wander`` is the covariance of the contrasts for a sway of one."""
    values, vectors = np.linalg.eigh(wander)
    squares = (vectors.T @ contrasts) ** 2
    variances = SPREADS[:, None, None] + SWAYS[None, :, None] * np.maximum(values, 0.0)
    logs: Floats = -0.5 * (np.log(variances) + squares / variances).sum(axis=2)
    return logs


def _prior() -> Floats:
    """Plain counts are likelier than wild ones; memory is as likely as none."""
    spread = 1 / SPREADS**3
    sway = 1 / (1 + SWAYS / 0.1**2)
    prior: Floats = np.ones(len(MEMORIES))[:, None, None] * spread[None, :, None] * sway[None, None, :]
    return prior


def _half_width(deviations: Floats, weights: Floats, level: float) -> float:

    from scipy.special import ndtr  # heavy to import; only a computation needs it

    low, high = 0.0, 40.0 * float(deviations.max())
    for _ in range(60):
        middle = (low + high) / 2
        inside = float((weights * (2 * ndtr(middle / deviations) - 1)).sum())
        low, high = (middle, high) if inside < level else (low, middle)
    return (low + high) / 2
