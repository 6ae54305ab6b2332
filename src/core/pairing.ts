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
const MOST_DOUBLE = 2 ** 51;

/**
 * The worths as whole numbers. The algorithm only adds, subtracts and compares, which doubles do
 * exactly while they are whole and below 2⁵³; where a worth has more digits, big integers take their
 * place in the same lines of code.
 */
function wholes(edges: readonly Edge[]): { worths: number[]; zero: number; unit: Amount } {
  const places = Math.max(0, ...edges.map(({ worth }) => worth.decimalPlaces()));
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
  const { worths, zero, unit } = wholes(edges);
  const lefts = edges.map(({ left }) => left);
  const rights = edges.map(({ right }) => right);
  const atLeft = edgesAt(leftLots.length, lefts);
  const atRight = edgesAt(rightLots.length, rights);
  const sets = new Array<number>(edges.length).fill(0);
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
    const leftAt = new Map<number, number>([[source, zero]]);
    const rightAt = new Map<number, number>();
    const leftBy = new Map<number, number>();
    const rightBy = new Map<number, number>();
    const open = { left: new Set([source]), right: new Set<number>() };
    // A path may end with a lot left alone, at the price of its node, or at a free lot on the right.
    let best = at(u, source);
    let end: { readonly left: number } | { readonly right: number } = { left: source };

    for (;;) {
      const left = nearest(open.left, leftAt);
      const right = nearest(open.right, rightAt);
      const fromLeft = left && (!right || left.far <= right.far);
      const next = fromLeft ? left : right;
      if (!next || next.far >= best) break;
      const { node, far } = next;
      if (fromLeft) {
        open.left.delete(node);
        if (far + at(u, node) < best) {
          best = far + at(u, node);
          end = { left: node };
        }
        for (const edge of atLeft[node] as number[]) {
          const there = at(rights, edge);
          const distance = far + at(u, node) + at(v, there) - at(worths, edge);
          const known = rightAt.get(there);
          if (distance < best && (known === undefined || distance < known)) {
            rightAt.set(there, distance);
            rightBy.set(there, edge);
            open.right.add(there);
          }
        }
      } else {
        open.right.delete(node);
        if (at(free, node) > 0) {
          best = far;
          end = { right: node };
          break;
        }
        for (const edge of atRight[node] as number[]) {
          const there = at(lefts, edge);
          if (at(sets, edge) > 0 && !leftAt.has(there)) {
            leftAt.set(there, far);
            leftBy.set(there, edge);
            open.left.add(there);
          }
        }
      }
    }
    for (const [node, far] of leftAt) if (far < best) u[node] = at(u, node) - (best - far);
    for (const [node, far] of rightAt) if (far < best) v[node] = at(v, node) + (best - far);

    const paired: number[] = [];
    const parted: number[] = [];
    let left = "left" in end ? end.left : -1;
    if ("right" in end) {
      const edge = rightBy.get(end.right) as number;
      paired.push(edge);
      left = at(lefts, edge);
    }
    while (left !== source) {
      const from = leftBy.get(left) as number;
      parted.push(from);
      const to = rightBy.get(at(rights, from)) as number;
      paired.push(to);
      left = at(lefts, to);
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

/** The open node at the smallest distance. */
function nearest(
  open: ReadonlySet<number>,
  distance: ReadonlyMap<number, number>,
): { node: number; far: number } | undefined {
  let found: { node: number; far: number } | undefined;
  for (const node of open) {
    const far = distance.get(node) as number;
    if (!found || far < found.far) found = { node, far };
  }
  return found;
}
