#!/usr/bin/env python3
"""Fits the weights of RankingFeatures to the half of the staff's questions that is for tuning.

    haechi assistant evaluate-articles Benchmarks/assistant/staff-questions.csv --folder LAW \
        --tuning --features ranking | Benchmarks/assistant/fit-ranking.py

The likelihood that one of the passages of the right article is first, over all passages that the
search found (softmax), with a penalty on the squares of the weights. Prints the measures of an
eightfold cross-validation whose parts share no article, then the weights fitted to all, which
Sources/Services/Assistant/Answer/ArticleRanking.swift keeps. Needs numpy and scipy.
"""
import sys

import numpy as np
from scipy.optimize import minimize

PENALTY = 5.0
FOLDS = 8


def fit(features, right, starts):
    scale = features.std(0) + 1e-9
    scaled = features / scale
    sizes = np.diff(np.r_[starts, len(right)])
    question = np.repeat(np.arange(len(starts)), sizes)

    def loss(weights):
        scores = scaled @ weights
        top = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - top[question])
        whole = np.add.reduceat(odds, starts)
        good = np.add.reduceat(odds * right, starts)
        share = odds / whole[question]
        share_right = odds * right / good[question]
        gradient = scaled.T @ (share - share_right) + PENALTY * weights
        return np.log(whole / good).sum() + PENALTY * weights @ weights / 2, gradient

    found = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    return found.x / scale


def select(numbers, spans, features, right):
    rows = np.concatenate([np.arange(*spans[number]) for number in numbers])
    sizes = [spans[number][1] - spans[number][0] for number in numbers]
    return features[rows], right[rows], np.r_[0, np.cumsum(sizes)[:-1]].astype(int)


def main():
    names = sys.stdin.readline().rstrip("\n").split("\t")[3:]
    rows = [line.rstrip("\n").split("\t") for line in sys.stdin]
    question = np.array([int(row[0]) for row in rows])
    right = np.array([row[2] == "1" for row in rows])
    features = np.array([[float(value) for value in row[3:]] for row in rows])
    article = {int(row[0]): row[1] for row in rows}
    edges = np.r_[0, np.flatnonzero(np.diff(question)) + 1, len(question)]
    spans = {question[a]: (a, b) for a, b in zip(edges[:-1], edges[1:])}
    found = [number for number, (a, b) in spans.items() if right[a:b].any()]
    articles = sorted(set(article.values()))
    folds = np.random.RandomState(0).permutation(len(articles)) % FOLDS
    fold = {number: folds[articles.index(article[number])] for number in spans}

    ranks = []
    for part in range(FOLDS):
        chosen = select([n for n in found if fold[n] != part], spans, features, right)
        weights = fit(*chosen)
        for number in (n for n in spans if fold[n] == part):
            a, b = spans[number]
            order = np.argsort(-(features[a:b] @ weights), kind="stable")
            place = np.flatnonzero(right[a:b][order])
            ranks.append(place[0] if len(place) else 10**6)
    ranks = np.array(ranks)
    print(f"cross-validated, by passage, {len(ranks)} questions:", end=" ")
    print(", ".join(f"R@{k} {(ranks < k).mean():.3f}" for k in (1, 3, 10)))
    for name, weight in zip(names, fit(*select(found, spans, features, right))):
        print(f"{name}\t{weight:.2f}")


main()
