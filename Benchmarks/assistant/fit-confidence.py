#!/usr/bin/env python3
"""Fits AnswerConfidence to the halves of the question sets that are for tuning.

    { haechi assistant evaluate-articles Benchmarks/assistant/staff-questions.csv --folder LAW \
          --tuning --features confidence
      haechi assistant evaluate-articles Benchmarks/assistant/handbook-questions.csv \
          --unanswerable Benchmarks/assistant/unanswerable.txt --tuning --features confidence
    } | Benchmarks/assistant/fit-confidence.py

A logistic regression of whether the answer is right: questions with their article among those
quoted, against questions that are answered wrongly, have had their article taken out, or have none;
each file counts as much as the other, as `KINDS` says. Prints, cross-validated, what is
answered and refused at several thresholds, then the constant and the weights that
Sources/Services/Assistant/Answer/AnswerConfidence.swift keeps. Needs numpy and scipy.
"""
import sys

import numpy as np
from scipy.optimize import minimize

# What a kind counts: to answer what nothing answers is the worst fault; an article's neighbour often
# answers as well as the article that was taken out.
KINDS = {"present": 1.0, "removed": 0.25, "absurd": 2.0}
PENALTY = 2.0
FOLDS = 8


def fit(signals, right, counts):
    mean, scale = signals.mean(0), signals.std(0) + 1e-9
    scaled = np.c_[np.ones(len(right)), (signals - mean) / scale]

    def loss(weights):
        sums = scaled @ weights
        error = 1 / (1 + np.exp(-sums)) - right
        gradient = scaled.T @ (counts * error)
        gradient[1:] += PENALTY * weights[1:]
        value = (counts * (np.logaddexp(0, sums) - right * sums)).sum()
        return value + PENALTY * weights[1:] @ weights[1:] / 2, gradient

    found = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[1:] / scale
    return found[0] - weights @ mean, weights


def main():
    names, kinds, right, signals, group = [], [], [], [], []
    source = -1
    for line in sys.stdin:
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "kind":
            names, source = cells[2:], source + 1
            continue
        kinds.append(f"{source} {cells[0]}")
        right.append(cells[1] == "1")
        signals.append([float(value) for value in cells[2:]])
        # A question with its article and without it stay in one part.
        group.append(group[-1] if cells[0] == "removed" else (group[-1] + 1 if group else 0))
    kinds, right, signals = np.array(kinds), np.array(right, float), np.array(signals)
    sizes = {kind: (kinds == kind).sum() for kind in kinds}
    counts = np.array([100 * KINDS[kind.split()[1]] / sizes[kind] for kind in kinds])
    parts = np.array(group) % FOLDS
    likelihood = np.zeros(len(right))
    for part in range(FOLDS):
        constant, weights = fit(*(x[parts != part] for x in (signals, right, counts)))
        sums = constant + signals[parts == part] @ weights
        likelihood[parts == part] = 1 / (1 + np.exp(-sums))
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        said = likelihood >= threshold
        line = []
        for kind in sorted(sizes):
            chosen = kinds == kind
            line.append(f"{kind}: answered {said[chosen].mean():.2f}")
            if "present" in kind:
                line[-1] += f", right {right[chosen & said].mean():.2f}"
        print(f"{threshold}\t" + "; ".join(line))
    constant, weights = fit(signals, right, counts)
    print(f"constant\t{constant:.2f}")
    for name, weight in zip(names, weights):
        print(f"{name}\t{weight:.2f}")


main()
