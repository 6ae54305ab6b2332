"""Writes pricing.csv beside it: option prices, their derivatives and implied volatilities to 60 digits.

Shares nothing with the product: mpmath's erfc, the formulas as the textbooks print them, and Newton's
method for the volatility that gives the price once it is rounded to a double. Needs Python 3 and mpmath:

    python3 test/reference/pricing.py
"""

import csv
import random
from pathlib import Path

from mpmath import erfc, exp, log, mp, mpf, nstr, pi, sqrt

mp.dps = 60
DIGITS = 20
POINTS = 2600
CARRIED = 400
draw = random.Random(20261120)


def share(d):
    return erfc(-d / sqrt(2)) / 2


def density(d):
    return exp(-d * d / 2) / sqrt(2 * pi)


def price(right, forward, strike, years, volatility, rate):
    s = volatility * sqrt(years)
    d1 = log(forward / strike) / s + s / 2
    sign = 1 if right == "call" else -1
    undiscounted = forward * share(sign * d1) - strike * share(sign * (d1 - s))
    return exp(-rate * years) * sign * undiscounted


def greeks(right, forward, strike, years, volatility, rate):
    s = volatility * sqrt(years)
    d1 = log(forward / strike) / s + s / 2
    sign = 1 if right == "call" else -1
    discount = exp(-rate * years)
    bell = discount * density(d1)
    value = price(right, forward, strike, years, volatility, rate)
    return (
        sign * discount * share(sign * d1),
        bell / (forward * s),
        forward * bell * sqrt(years),
        rate * value - forward * bell * volatility / (2 * sqrt(years)),
    )


def implied(target, right, forward, strike, years, start, rate):
    """The volatility that gives exactly `target`, or none where the rounding took its root away."""
    sign = 1 if right == "call" else -1
    discount = exp(-rate * years)
    most = discount * (forward if right == "call" else strike)
    if not discount * max(sign * (forward - strike), 0) < target < most:
        return None
    volatility = start
    for _ in range(200):
        slope = greeks(right, forward, strike, years, volatility, rate)[2]
        step = (target - price(right, forward, strike, years, volatility, rate)) / slope
        # A rounding this coarse leaves the price saying next to nothing of its volatility.
        if abs(step) > volatility / 2:
            return None
        volatility += step
        if abs(step) < volatility * mpf(10) ** -40:
            return volatility
    return None


def double(digits, number):
    """A double with few digits, as a cell holds it."""
    return float(f"{float(number):.{digits}g}")


def terms():
    volatility = double(4, exp(draw.uniform(log(0.01), log(3))))
    years = draw.choice([draw.randint(1, 1825) / 365, double(4, exp(draw.uniform(log(1 / 365), log(5))))])
    forward = double(6, 10 ** draw.uniform(-2, 5))
    s = volatility * years**0.5
    kind = draw.random()
    # At the strike, a hair beside it, near it, in the tails out to where doubles end, and anywhere.
    if kind < 0.05:
        x = 0
    elif kind < 0.12:
        x = draw.choice([-1, 1]) * 10 ** draw.uniform(-9, -3)
    elif kind < 0.55:
        x = draw.uniform(-3, 3) * s
    elif kind < 0.9:
        x = draw.uniform(-36, 36) * s
    else:
        x = draw.uniform(-4, 4)
    strike = forward if x == 0 else double(11, forward * float(exp(max(-25, min(25, x)))))
    rate = 0.0 if draw.random() < 0.5 else double(3, draw.uniform(-0.02, 0.12))
    return draw.choice(["call", "put"]), forward, strike, years, volatility, rate


def rows():
    count = 0
    while count < POINTS:
        right, *figures = terms()
        forward, strike, years, volatility, rate = map(mpf, figures)
        value = price(right, forward, strike, years, volatility, rate)
        if value < forward * mpf(10) ** -280:
            continue
        count += 1
        root = implied(mpf(float(value)), right, forward, strike, years, volatility, rate)
        results = (value, *greeks(right, forward, strike, years, volatility, rate), root)
        yield ["black76", right, *map(repr, figures), "", *(nstr(n, DIGITS) if n is not None else "" for n in results)]
    for _ in range(CARRIED):
        right, *figures = terms()
        spot, strike, years, volatility, rate = map(mpf, figures)
        dividend = double(3, draw.uniform(0, 0.06))
        forward = spot * exp((rate - mpf(dividend)) * years)
        value = price(right, forward, strike, years, volatility, rate)
        if value > spot * mpf(10) ** -280:
            yield ["bsm", right, *map(repr, figures), repr(dividend), nstr(value, DIGITS), *[""] * 5]


HEADER = "model,right,underlying,strike,years,volatility,rate,dividend,price,delta,gamma,vega,theta,implied"

with Path(__file__).with_name("pricing.csv").open("w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    writer.writerows(rows())
