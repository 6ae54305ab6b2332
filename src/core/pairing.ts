import { exact, type Amount } from "./number";

/** Two nodes that may be paired, and what each pair of lots is worth. */
export interface Edge {
  readonly left: number;
  readonly right: number;
  /** Above zero. */
  readonly worth: Amount;
}

/**
 * The pairing worth most, and the proof of it. Every lot has a price, 0 where a node has lots to spare;
 * no edge is worth more than its two lots' prices, and each one used is worth exactly that. So no other
 * pairing is worth more than lots × prices, which is what this one is worth.
 */
export interface Pairing {
  /** Lots paired on each edge. */
  readonly sets: readonly number[];
  readonly leftPrices: readonly Amount[];
  readonly rightPrices: readonly Amount[];
}

/** Beyond a quarter of 2⁵³ sums of worths could lose their last digit. */
export const MOST_DOUBLE = 2 ** 51;

/** Edges by place: where each leads, and what it is worth in whole units. */
export interface WholeEdges {
  readonly lefts: readonly number[];
  readonly rights: readonly number[];
  readonly worths: readonly number[];
  readonly zero: number;
  readonly unit: Amount;
}

/**
 * The worths as whole numbers. The algorithm only adds, subtracts and compares, which doubles do
 * exactly while they are whole and below 2⁵³; where a worth has more digits, big integers take their
 * place in the same lines of code.
 */
function wholes(edges: readonly Edge[]): Pick<WholeEdges, "worths" | "zero" | "unit"> {
  const places = edges.reduce((most, { worth }) => Math.max(most, worth.decimalPlaces()), 0);
  const scale = exact.of(`1e${places}`);
  const scaled = edges.map(({ worth }) => worth.times(scale));
  const unit = exact.of(`1e-${places}`);
  if (scaled.every((n) => n.lessThan(MOST_DOUBLE))) {
    return { worths: scaled.map((n) => n.toNumber()), zero: 0, unit };
  }
  const big = scaled.map((n) => BigInt(n.toFixed()));
  return { worths: big as unknown as number[], zero: 0n as unknown as number, unit };
}

/** The edges at each node of one side. */
function edgesAt(count: number, nodes: readonly number[]): number[][] {
  const at = Array.from({ length: count }, (): number[] => []);
  nodes.forEach((node, edge) => at[node]?.push(edge));
  return at;
}

/**
 * The pairing worth most among nodes with whole lots, exactly: a maximum-weight b-matching of a
 * bipartite graph. Left nodes come in one at a time; each sends its lots along the cheapest
 * alternating path (Dijkstra over prices, as in the Hungarian method) until another lot gains nothing.
 */
export function worthMost(
  leftLots: readonly number[],
  rightLots: readonly number[],
  edges: readonly Edge[],
): Pairing {
  const lefts = edges.map(({ left }) => left);
  const rights = edges.map(({ right }) => right);
  return worthMostInWholes(leftLots, rightLots, { lefts, rights, ...wholes(edges) });
}

/** The same where the worths are whole already. */
export function worthMostInWholes(
  leftLots: readonly number[],
  rightLots: readonly number[],
  { lefts, rights, worths, zero, unit }: WholeEdges,
): Pairing {
  const atLeft = edgesAt(leftLots.length, lefts);
  const atRight = edgesAt(rightLots.length, rights);
  const sets = new Array<number>(worths.length).fill(0);
  const free = [...rightLots];
  const u = new Array<number>(leftLots.length).fill(zero);
  const v = new Array<number>(rightLots.length).fill(zero);

  leftLots.forEach((lots, source) => {
    for (const edge of atLeft[source] as number[]) {
      const gain = at(worths, edge) - at(v, at(rights, edge));
      if (gain > at(u, source)) u[source] = gain;
    }
    for (let remaining = lots; remaining > 0 && at(u, source) > zero;) {
      remaining -= augment(source, remaining);
    }
  });
  const price = (n: number): Amount => exact.of(String(n)).times(unit);
  return { sets, leftPrices: u.map(price), rightPrices: v.map(price) };

  /** Moves lots of a left node along the cheapest path; how many found a partner, or all when none gains. */
  function augment(source: number, most: number): number {
    const left = reach(leftLots.length);
    const right = reach(rightLots.length);
    left.far[source] = zero;
    // A path may end with a lot left alone, at the price of its node, or at a free lot on the right.
    let best = at(u, source);
    let end: { readonly left: number } | { readonly right: number } = { left: source };

    for (;;) {
      const onLeft = nearest(left);
      const onRight = nearest(right);
      const fromLeft = farOf(left, onLeft) <= farOf(right, onRight);
      const far = fromLeft ? farOf(left, onLeft) : farOf(right, onRight);
      if (far >= best) break;
      if (fromLeft) {
        left.done[onLeft] = 1;
        if (far + at(u, onLeft) < best) {
          best = far + at(u, onLeft);
          end = { left: onLeft };
        }
        for (const edge of atLeft[onLeft] as number[]) {
          const there = at(rights, edge);
          const distance = far + at(u, onLeft) + at(v, there) - at(worths, edge);
          if (distance < best && distance < at(right.far, there)) {
            right.far[there] = distance;
            right.by[there] = edge;
          }
        }
      } else {
        right.done[onRight] = 1;
        if (at(free, onRight) > 0) {
          best = far;
          end = { right: onRight };
          break;
        }
        for (const edge of atRight[onRight] as number[]) {
          const there = at(lefts, edge);
          if (at(sets, edge) > 0 && at(left.far, there) === Infinity) {
            left.far[there] = far;
            left.by[there] = edge;
          }
        }
      }
    }
    left.far.forEach((far, node) => {
      if (far < best) u[node] = at(u, node) - (best - far);
    });
    right.far.forEach((far, node) => {
      if (far < best) v[node] = at(v, node) + (best - far);
    });

    const paired: number[] = [];
    const parted: number[] = [];
    const back = (edge: number): number => {
      paired.push(edge);
      return at(lefts, edge);
    };
    let node = "left" in end ? end.left : back(at(right.by, end.right));
    while (node !== source) {
      const edge = at(left.by, node);
      parted.push(edge);
      node = back(at(right.by, at(rights, edge)));
    }
    if (paired.length === 0) return most;
    const room = "right" in end ? at(free, end.right) : most;
    const moved = Math.min(most, room, ...parted.map((edge) => at(sets, edge)));
    for (const edge of paired) sets[edge] = at(sets, edge) + moved;
    for (const edge of parted) sets[edge] = at(sets, edge) - moved;
    if ("right" in end) free[end.right] = room - moved;
    return moved;
  }
}

const at = (list: readonly number[], index: number): number => list[index] as number;

/** How far a search has come on one side: the distance of each node, the edge it was reached by, what is done. */
interface Reach {
  readonly far: number[];
  readonly by: number[];
  readonly done: Uint8Array;
}

const reach = (count: number): Reach => ({
  far: new Array<number>(count).fill(Infinity),
  by: new Array<number>(count).fill(-1),
  done: new Uint8Array(count),
});

const farOf = ({ far }: Reach, node: number): number => far[node] ?? Infinity;

/** The node reached, not done, at the smallest distance; -1 where there is none. */
function nearest({ far, done }: Reach): number {
  let found = -1;
  let least = Infinity;
  for (let node = 0; node < far.length; node++) {
    const here = at(far, node);
    if (here < least && done[node] === 0) {
      found = node;
      least = here;
    }
  }
  return found;
}
