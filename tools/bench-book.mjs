// A book for the benchmark: 200 legs of one ETF and one expiry, where nearly every two legs combine, and
// the same question put to an independent solver as a linear programme.

import highsLoader from "highs";

const highs = await highsLoader();

const LEGS = 200;
/** Answers a run. */
const BOOKS = 3;
const SPOT = 3;
const UNIT = 10_000;
/** Amounts are whole in hundredths of a fen: prices have four decimals, rates two. */
const PARTS = 10_000;
const ON = "2026-11-20";

/** @typedef {{ right: "C" | "P", side: "long" | "short", strike: number, price: number, lots: number }} Leg */

/**
 * @param {() => number} draw
 * @returns {Leg[]}
 */
function drawLegs(draw) {
  return Array.from({ length: LEGS }, () => ({
    right: draw() < 0.5 ? "C" : "P",
    side: draw() < 0.5 ? "long" : "short",
    strike: 2500 + 50 * Math.floor(draw() * 21),
    price: Math.round(100 + draw() * 2000) / 10_000,
    lots: 1 + Math.floor(draw() * 20),
  }));
}

/** What a leg needs alone, and its premium, for one lot. */
function alone(/** @type {Leg} */ { right, side, strike, price }) {
  if (side === "long") return { margin: 0, premium: 0 };
  const K = strike / 1000;
  const out = Math.max(right === "C" ? K - SPOT : SPOT - K, 0);
  const rest = Math.max(0.12 * SPOT - out, 0.07 * (right === "C" ? SPOT : K));
  const capped = right === "P" ? Math.min(price + rest, K) : price + rest;
  const whole = (/** @type {number} */ n) => Math.round(n * UNIT * PARTS);
  return { margin: whole(capped), premium: whole(price) };
}

/** What two legs save together, 0 where they make nothing. */
function saved(/** @type {Leg} */ a, /** @type {Leg} */ b) {
  const [one, other] = [alone(a), alone(b)];
  const apart = one.margin + other.margin;
  if (a.side === "short" && b.side === "short") {
    const [call, put] = a.right === "C" ? [a, b] : [b, a];
    if (call.right === put.right || put.strike > call.strike) return 0;
    const larger = one.margin > other.margin ? other.premium : one.premium;
    const premium = one.margin === other.margin ? Math.max(one.premium, other.premium) : larger;
    return apart - Math.max(one.margin, other.margin) - premium;
  }
  if (a.right !== b.right || a.side === b.side || a.strike === b.strike) return 0;
  const [held, sold] = a.side === "long" ? [a, b] : [b, a];
  const worse = (held.strike - sold.strike) * (a.right === "C" ? 1 : -1);
  return apart - Math.max(worse, 0) * (UNIT / 1000) * PARTS;
}

/**
 * The book as a positions table, and as a programme for a solver whose optimum is what it saves.
 * @param {() => number} draw
 */
function benchBook(draw) {
  const legs = drawLegs(draw);
  /** @type {string[][]} */
  const at = legs.map(() => []);
  /** @type {string[]} */
  const worths = [];
  legs.forEach((a, i) =>
    legs.slice(i + 1).forEach((b, next) => {
      const worth = saved(a, b);
      if (worth <= 0) return;
      const j = i + 1 + next;
      worths.push(`${worth} s${i}_${j}`);
      at[i]?.push(`s${i}_${j}`);
      at[j]?.push(`s${i}_${j}`);
    }),
  );
  return {
    table: [
      ["合约", "买卖", "手数", "结算价", "标的价"],
      ...legs.map(({ right, side, strike, price, lots }) => [
        ...[`510050${right}2706M0${strike}`, side, lots, price, SPOT],
      ]),
    ],
    pairs: worths.length,
    programme: [
      `Maximize\n saved: ${worths.join(" + ")}\nSubject To`,
      ...at.flatMap((names, i) =>
        names.length > 0 ? [` lots${i}: ${names.join(" + ")} <= ${legs[i]?.lots}`] : [],
      ),
      "End",
    ].join("\n"),
    /** The book's margin in yuan, from what the solver finds that it saves. */
    margin: (/** @type {number} */ optimum) =>
      (legs.reduce((sum, leg) => sum + alone(leg).margin * leg.lots, 0) - Math.round(optimum)) /
      PARTS,
  };
}

/**
 * @param {() => number} draw
 * @param {(id: string) => (...args: any[]) => any} known a function of the built bundle
 * @returns {import("./bench-clock.mjs").Row[]}
 */
export function bookRows(draw, known) {
  const portfolio = known("MARGIN.PORTFOLIO");
  const book = benchBook(draw);
  /** The last of several answers of one call. */
  const again = (/** @type {() => number} */ run) => () => {
    let answer = 0;
    for (let i = 0; i < BOOKS; i++) answer = run();
    return answer;
  };
  const pairs = book.pairs.toLocaleString("en");
  return [
    {
      name: {
        zh: `最优组合，200 腿（${pairs} 对可省），证明为最省`,
        en: `the best combinations of 200 legs (${pairs} pairs save), proved`,
      },
      most: 50e6,
      ours: { count: BOOKS, run: again(() => portfolio(book.table, "best", null, ON)) },
      peers: [
        {
          name: {
            zh: "HiGHS，只配对，保证金已给",
            en: "HiGHS, the pairing alone, its margins given",
          },
          count: BOOKS,
          run: again(() => book.margin(highs.solve(book.programme).ObjectiveValue)),
        },
      ],
    },
  ];
}
