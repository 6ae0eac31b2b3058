"""Makes hc3.json, carry_over.json and diary_trend.json: least squares with HC3 errors by statsmodels, the
average over carry-overs and the trend by numpy and scipy. Run once, with the versions that the files name; needs nothing of lumbar.

usage: answers.py FOLDER
"""
import json
import sys

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats

LIBRARIES = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}


def hc3(name, columns, y, reverse):
    a = np.column_stack(columns)
    fit = sm.OLS(y, a).fit(cov_type="HC3", use_t=True)
    others = [c for i, c in enumerate(columns) if i != 0]
    back = sm.OLS(columns[0], np.column_stack(others)).fit(cov_type="HC3", use_t=True)
    inverse = np.linalg.inv(a.T @ a)
    return {
        "id": name, "library": "statsmodels %s OLS, cov_type HC3" % statsmodels.__version__,
        "input": {"columns": [c.tolist() for c in columns], "y": y.tolist(), "reverse": reverse},
        "output": {
            "coefficients": fit.params.tolist(), "covariance": fit.cov_params()[:3, :3].tolist(),
            "df": int(fit.df_resid), "leverages": fit.get_influence().hat_matrix_diag.tolist(),
            "kept": (1 / np.diag(inverse)).tolist(), "p": fit.pvalues[:3].tolist(),
            "reverse": {"coefficient": back.params[reverse - 1], "se": back.bse[reverse - 1],
                        "df": int(back.df_resid)}}}


def hc3_cases():
    rng = np.random.default_rng(20261127)
    cases = []
    for n, k in [(30, 4), (45, 12), (100, 20)]:
        columns = [rng.normal(size=n) for _ in range(k - 1)]
        columns.insert(3, np.ones(n))
        spread = 1 + np.abs(columns[0])
        y = columns[0] * .5 - columns[1] + rng.normal(size=n) * spread
        cases.append(hc3("hc3/normal-%d-%d" % (n, k), columns, y, 2))
    n = 90
    t = np.arange(n)
    x = (rng.random(n) < .5) * 1.0
    y = np.clip(np.round(4.5 + 1.6 * rng.normal(size=n)), 0, 10)
    columns = [x[1:], x[:-1], y[:-1], np.ones(n - 1), (t[1:] - n / 2) / n]
    columns += [(t[1:] % 7 == d) * 1.0 for d in range(6)]
    columns += [np.cos(np.pi * k * (t[1:] + .5) / n) for k in range(1, 9)]
    cases.append(hc3("hc3/diary", columns, y[1:], 2))
    return cases


def likelihoods(days, values, curve):
    a, q, n = np.column_stack(curve), len(curve), len(days)
    gaps = np.diff(days)
    logs, variances = [], []
    for phi in np.arange(20) / 20:
        step = phi ** gaps if phi else np.zeros(n - 1)
        scale = np.sqrt(1 - step ** 2)

        def white(z):
            out = z.copy()
            out[1:] = ((z[1:].T - step * z[:-1].T) / scale).T
            return out
        r = np.linalg.qr(white(a), mode="r")
        rest = white(values) - white(a) @ np.linalg.lstsq(white(a), white(values), rcond=None)[0]
        rss = rest @ rest
        logs.append(-.5 * np.log(1 - step ** 2).sum() - np.log(np.abs(np.diag(r))).sum() - .5 * (n - q) * np.log(rss))
        variances.append(rss / (n - q))
    logs = np.array(logs)
    weights = np.exp(logs - logs.max())
    return logs, weights / weights.sum(), variances


def carry_over(days, values, waves, baseline, latest, alpha):
    n, span = len(days), max(days) + 1
    curve = [np.ones(n), (days - span / 2) / span]
    curve += [np.cos(np.pi * k * (days + .5) / span) for k in range(1, waves + 1)]
    q, errors = len(curve), []
    logs, weights, variances = likelihoods(days, values, curve)
    for phi, variance in zip(np.arange(20) / 20, variances):
        def mean(i, j):
            return (phi ** np.abs(np.subtract.outer(i, j)) if phi else np.equal.outer(i, j) * 1.0).mean()
        errors.append(np.sqrt(variance * (mean(baseline, baseline) + mean(latest, latest) - 2 * mean(baseline, latest))))
    errors = np.array(errors)

    def p(d):
        return (weights * 2 * stats.t.sf(abs(d) / errors, n - q)).sum()
    change = values[np.isin(days, latest)].mean() - values[np.isin(days, baseline)].mean()
    half = optimize.brentq(lambda d: p(d) - alpha, 1e-9, 100, xtol=1e-14, rtol=1e-14)
    return {"log_likelihood": logs.tolist(), "weights": weights.tolist(), "variances": variances,
            "errors": errors.tolist(), "df": n - q, "change": change, "p": p(change), "half_width": half}


def carry_over_cases():
    rng = np.random.default_rng(11)
    cases = []
    for name, n, waves, carry, drop in [("short", 30, 0, .3, 0), ("year", 365, 8, .8, 2), ("gaps", 120, 2, .5, 1)]:
        noise = rng.normal(size=n)
        for i in range(1, n):
            noise[i] = carry * noise[i - 1] + np.sqrt(1 - carry ** 2) * noise[i]
        pain = np.clip(np.round(5 - drop * np.arange(n) / n + 1.6 * noise), 0, 10)
        logged = rng.random(n) < .85
        logged[[0, n - 1]] = True
        days = np.flatnonzero(logged)
        baseline, latest = days[days < 7], days[days >= n - 7]
        cases.append({
            "id": "carry_over/" + name, "library": "numpy %s, scipy %s" % (np.__version__, scipy.__version__),
            "input": {"day": days.tolist(), "value": pain[logged].tolist(), "waves": waves,
                      "baseline": baseline.tolist(), "latest": latest.tolist(), "alpha": .05},
            "output": carry_over(days, pain[logged], waves, baseline, latest, .05)})
    return cases


def diary_trend(days, values, carries):
    n = len(days)
    i, j = np.triu_indices(n, 1)
    slopes = np.sort((values[j] - values[i]) / (days[j] - days[i]))
    s = int(np.sign(values[j] - values[i]).sum())
    ties = np.unique(values, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    phis, weights = np.array([0.]), np.array([1.])
    if carries:
        phis = np.arange(20) / 20
        weights = likelihoods(days, values, [np.ones(n), days - days[0]])[1]
    lags = np.arange(1, n)
    spread = np.sqrt([variance * (1 + 2 * ((1 - lags / n) * phi ** lags).sum()) for phi in phis])

    def p(d):
        return (weights * 2 * stats.norm.sf(abs(d) / spread)).sum()
    width = optimize.brentq(lambda d: p(d) - .05, 1e-9, 100 * spread.max(), xtol=1e-13, rtol=1e-14)
    low, high = int(np.round((len(slopes) - width) / 2)) - 1, int(np.round((len(slopes) + width) / 2))
    return {"s": s, "variance": variance, "slope": np.median(slopes), "p": p(s - np.sign(s)),
            "interval": [slopes[max(low, 0)], slopes[min(high, len(slopes) - 1)]],
            "is_cut": [int(low < 0), int(high > len(slopes) - 1)]}


def diary_trend_cases():
    rng = np.random.default_rng(30)
    cases = []
    for name, n, carry, drop, carries in [("thirty", 30, .8, 0, True), ("quarter", 90, .5, 1.5, True), ("year", 365, .3, .5, True),
                                          ("four", 4, 0, 0, True), ("weekly", 20, 0, 2, False)]:
        noise = rng.normal(size=n)
        for i in range(1, n):
            noise[i] = carry * noise[i - 1] + np.sqrt(1 - carry ** 2) * noise[i]
        pain = np.clip(np.round(5 - drop * np.arange(n) / n + 1.6 * noise), 0, 10)
        logged = rng.random(n) < (.85 if carries and n > 4 else 1)
        days = np.flatnonzero(logged) * (1 if carries else 7)
        cases.append({
            "id": "diary_trend/" + name, "library": "numpy %s, scipy %s" % (np.__version__, scipy.__version__),
            "input": {"day": days.tolist(), "value": pain[logged].tolist(), "carries_over": int(carries)},
            "output": diary_trend(days, pain[logged], carries)})
    return cases


for topic, conventions, cases in [
    ("diary_trend", "Sen's slope; s, its variance with ties, times 1 + 2 sum (1 - k/n) phi^k at each phi; p the mean of the normal "
     "tails of |s| - 1, weighted as carry_over with the mean curve 1, day (phi 0 alone without carry-over); the interval's ranks "
     "by the width of which that mean is .05; is_cut where a rank fell off its end.", diary_trend_cases()),
    ("hc3", "Columns from left to right, a column of ones among them; covariance of the first three; kept is 1 / diag((X'X)^-1); "
     "reverse is the fit of the first column on the others, its coefficient that of column `reverse` of the whole.", hc3_cases()),
    ("carry_over", "Mean curve 1, (d - T/2)/T, cos(pi k (d + 1/2)/T), T the last day + 1; phi 0, .05, ..., .95; restricted likelihood "
     "without its constant; the p of a change is the weighted mean of Student tails, half_width solves p = alpha.", carry_over_cases()),
]:
    with open("%s/%s.json" % (sys.argv[1], topic), "w") as f:
        json.dump({"topic": topic, "set": "answers", "libraries": LIBRARIES, "conventions": conventions, "cases": cases}, f)
        f.write("\n")
