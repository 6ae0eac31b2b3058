"""The same calls by NumPy and SciPy: one line a measurement, name, tab, seconds of one call."""
import time
import warnings

import numpy as np
from scipy import stats

warnings.simplefilter("ignore")


def seconds(call, rounds=7):
    call()
    start = time.perf_counter()
    call()
    once = max(1e-9, time.perf_counter() - start)
    calls = max(1, min(10_000, int(0.004 / once)))
    found = []
    for _ in range(rounds if once < 1 else 1):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        found.append((time.perf_counter() - start) / calls)
    return sorted(found)[len(found) // 2]


def report(name, call, rounds=7):
    print("%s\t%.12g" % (name, seconds(call, rounds)), flush=True)


rng = np.random.default_rng(42)


def data(*shape):
    x = rng.random(shape)
    minutes = rng.integers(0, 13, shape).astype(float)
    pain = np.rint((minutes + rng.integers(0, 13, shape)) * 10 / 24)
    return x, x + rng.random(shape), minutes, pain


for n in (30, 365, 10_000, 1_000_000):
    x, y, minutes, pain = data(n)
    report("mean and variance, n = %d" % n, lambda: (x.mean(), x.var(ddof=1)))
    report("Pearson with p, n = %d" % n, lambda: stats.pearsonr(x, y))
    report("Pearson, n = %d" % n, lambda: np.corrcoef(x, y))
    report("Spearman, continuous, n = %d" % n, lambda: stats.spearmanr(x, y))
    report("Spearman, 0-12 by 0-10, n = %d" % n, lambda: stats.spearmanr(minutes, pain))
    report("Kendall, continuous, n = %d" % n, lambda: stats.kendalltau(x, y))
    report("Kendall, 0-12 by 0-10, n = %d" % n, lambda: stats.kendalltau(minutes, pain))
    if n <= 365:
        t = np.arange(n)
        report("Sen, continuous, n = %d" % n, lambda: stats.theilslopes(y, t))
        report("Sen, 0-10, n = %d" % n, lambda: stats.theilslopes(pain, t))

x, y, minutes, pain = data(10_000, 365)
shape = "10,000 x 365"


def correlations(a, b):
    a = a - a.mean(1, keepdims=True)
    b = b - b.mean(1, keepdims=True)
    return np.einsum("ij,ij->i", a, b) / np.sqrt(
        np.einsum("ij,ij->i", a, a) * np.einsum("ij,ij->i", b, b))


def ranked(a, b):
    return correlations(stats.rankdata(a, axis=1), stats.rankdata(b, axis=1))


report("mean and variance, " + shape, lambda: (x.mean(1), x.var(1, ddof=1)))
report("Pearson, " + shape, lambda: correlations(x, y))
report("Spearman, continuous, " + shape, lambda: ranked(x, y), 3)
report("Spearman, 0-12 by 0-10, " + shape, lambda: ranked(minutes, pain), 3)
report("Kendall, 0-12 by 0-10, " + shape,
       lambda: [stats.kendalltau(a, b) for a, b in zip(minutes, pain)], 1)
