import { amount, exact, type Amount } from "./number";
import { drained, Pace } from "./steps";

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
  const whole = { lefts, rights, ...wholes(edges) };
  return drained(worthMostInSteps(leftLots, rightLots, whole, new Pace()));
}

/** An edge looked at, in units of work. */
const LOOK = 0.002;

/** The same where the worths are whole already, pausing between stretches. */
export function* worthMostInSteps(
  leftLots: readonly number[],
  rightLots: readonly number[],
  { lefts, rights, worths, zero, unit }: WholeEdges,
  pace: Pace,
): Generator<void, Pairing> {
  const atLeft = edgesAt(leftLots.length, lefts);
  const sets = new Array<number>(worths.length).fill(0);
  /** Edges that pair lots of a node on the right, in their order. */
  const pairedAt = rightLots.map((): number[] => []);
  const free = [...rightLots];
  const u = leftLots.map(() => zero);
  const v = rightLots.map(() => zero);
  const left = reach(leftLots.length);
  const right = reach(rightLots.length);
  let looked = 0;

  for (const [source, lots] of leftLots.entries()) {
    for (const edge of atLeft[source] as number[]) {
      const gain = at(worths, edge) - at(v, at(rights, edge));
      if (gain > at(u, source)) u[source] = gain;
    }
    for (let remaining = lots; remaining > 0 && at(u, source) > zero;) {
      remaining -= augment(source, remaining);
      if (pace.due(looked * LOOK)) yield;
      looked = 0;
    }
  }
  const price = (n: number): Amount => amount(String(n)).times(unit);
  return { sets, leftPrices: u.map(price), rightPrices: v.map(price) };

  /** Moves lots of a left node along the cheapest path; how many found a partner, or all when none gains. */
  function augment(source: number, most: number): number {
    left.far[source] = zero;
    left.nodes.push(source);
    left.open.push(source);
    // A path may end with a lot left alone, at the price of its node, or at a free lot on the right.
    let best = at(u, source);
    let end: { readonly left: number } | { readonly right: number } = { left: source };

    for (;;) {
      // Nodes open on the left are as far as the one on the right they were reached from: nearer than all open there.
      const onLeft = left.open.length > 0;
      const side = onLeft ? left : right;
      const place = nearest(side);
      if (place < 0) break;
      const node = at(side.open, place);
      const far = at(side.far, node);
      if (far >= best) break;
      const last = side.open.pop() as number;
      if (last !== node) side.open[place] = last;
      if (onLeft) {
        const beyond = far + at(u, node);
        if (beyond < best) {
          best = beyond;
          end = { left: node };
        }
        const edges = atLeft[node] as number[];
        looked += edges.length;
        for (const edge of edges) {
          const there = rights[edge] as number;
          const distance = beyond + (v[there] as number) - (worths[edge] as number);
          const known = right.far[there] as number;
          if (distance >= best || distance >= known) continue;
          if (known === Infinity) {
            right.nodes.push(there);
            right.open.push(there);
          }
          right.far[there] = distance;
          right.by[there] = edge;
        }
      } else {
        if (at(free, node) > 0) {
          best = far;
          end = { right: node };
          break;
        }
        for (const edge of pairedAt[node] as number[]) {
          const there = at(lefts, edge);
          if (at(left.far, there) === Infinity) {
            left.nodes.push(there);
            left.open.push(there);
            left.far[there] = far;
            left.by[there] = edge;
          }
        }
      }
    }
    for (const node of left.nodes) {
      const far = at(left.far, node);
      if (far < best) u[node] = at(u, node) - (best - far);
    }
    for (const node of right.nodes) {
      const far = at(right.far, node);
      if (far < best) v[node] = at(v, node) + (best - far);
    }

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
    forget(left);
    forget(right);
    if (paired.length === 0) return most;
    const room = "right" in end ? at(free, end.right) : most;
    const moved = parted.reduce(
      (least, edge) => Math.min(least, at(sets, edge)),
      Math.min(most, room),
    );
    for (const edge of paired) {
      if (at(sets, edge) === 0) {
        const there = pairedAt[at(rights, edge)] as number[];
        there.push(edge);
        there.sort((a, b) => a - b);
      }
      sets[edge] = at(sets, edge) + moved;
    }
    for (const edge of parted) {
      sets[edge] = at(sets, edge) - moved;
      const there = pairedAt[at(rights, edge)] as number[];
      if (at(sets, edge) === 0) there.splice(there.indexOf(edge), 1);
    }
    if ("right" in end) free[end.right] = room - moved;
    return moved;
  }
}

const at = (list: ArrayLike<number>, index: number): number => list[index] as number;

/** How far a search has come on one side: the distance of each node and the edge it was reached by. */
interface Reach {
  readonly far: number[];
  readonly by: Int32Array;
  /** The nodes reached, and those of them not done. */
  readonly nodes: number[];
  readonly open: number[];
}

const reach = (count: number): Reach => ({
  far: Array.from({ length: count }, () => Infinity),
  by: new Int32Array(count),
  nodes: [],
  open: [],
});

function forget({ far, nodes, open }: Reach): void {
  for (const node of nodes) far[node] = Infinity;
  nodes.length = 0;
  open.length = 0;
}

/** Where the node at the smallest distance stands among those not done, of two the first; -1 where there is none. */
function nearest({ far, open }: Reach): number {
  let found = -1;
  let least = Infinity;
  let first = -1;
  for (let place = 0; place < open.length; place++) {
    const node = open[place] as number;
    const here = far[node] as number;
    if (here < least || (here === least && node < first)) {
      found = place;
      least = here;
      first = node;
    }
  }
  return found;
}
