// How the benchmark measures: ours and its peers in turns, so that a slow moment slows them alike.

/** Rounds that count, the warm-up aside: as many as the time allows a row, three at least. */
const ROUNDS = 7;
const LEAST_ROUNDS = 3;
const SECONDS = 8;

/** @typedef {{ zh: string, en: string }} Words */
/** @typedef {{ answer: number, took: number }} Timed an answer of another process, which timed itself in nanoseconds */
/**
 * Something that answers a row's question `count` times a run; what `run` gives back is compared.
 * @typedef {object} Contender
 * @property {Words} name
 * @property {number} count
 * @property {() => number | Timed} run
 * @property {number} [within] how far a peer's answer may be off, as a share of ours; left out: not at all
 * @property {boolean} [other] a yardstick that answers another question
 * @property {number} [goal] how many times its speed ours is to reach
 * @property {Words} [why] where the goal comes from, unless it was set against this peer
 */
/**
 * @typedef {object} Row
 * @property {Words} name
 * @property {Omit<Contender, "name">} ours
 * @property {Contender[]} peers
 * @property {number} [most] nanoseconds that one of ours may take
 */
/** @typedef {{ name: Words, each: number, times: number, goal?: number | undefined, why?: Words | undefined }} PeerResult */
/** @typedef {{ name: Words, each: number, peers: PeerResult[], most?: number | undefined }} Result nanoseconds of each */

/** Numbers that repeat from run to run (mulberry32). */
export function random(seed = 20261120) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {readonly number[]} all */
export const median = (all) =>
  /** @type {number} */ ([...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]);

/**
 * What a run took: the clock's time or the processor's, whichever is less. The clock counts what others do on a busy
 * machine; the processor counts twice what a second thread does beside the first.
 * @param {Omit<Contender, "name">} contender
 * @returns {Timed} nanoseconds for each of its answers
 */
function timed({ count, run }) {
  const [start, before] = [process.hrtime.bigint(), process.cpuUsage()];
  const answer = run();
  const { user, system } = process.cpuUsage(before);
  const wall = Number(process.hrtime.bigint() - start);
  if (typeof answer === "object") return { answer: answer.answer, took: answer.took / count };
  return { answer, took: Math.min(wall, (user + system) * 1000) / count };
}

/** @param {Row} row */
function compare(row, /** @type {number} */ ours, /** @type {Contender} */ peer, theirs = NaN) {
  if (peer.other) return;
  // Exact figures agree exactly; a model's peer is as near as it claims to be.
  if (Math.abs(ours - theirs) <= (peer.within ?? 0) * Math.abs(ours)) return;
  throw new Error(`${row.name.en}: ours is ${ours}, ${peer.name.en} says ${theirs}`);
}

/**
 * @param {Row} row
 * @returns {Result}
 */
export function measured(row) {
  /** @type {number[]} */
  const mine = [];
  /** @type {number[][]} */
  const theirs = row.peers.map(() => []);
  const started = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  };
  for (let round = 0; round <= ROUNDS; round++) {
    if (round > LEAST_ROUNDS && spent() > SECONDS) break;
    const ours = timed(row.ours);
    const peers = row.peers.map(timed);
    row.peers.forEach((peer, at) => compare(row, ours.answer, peer, peers[at]?.answer));
    // The first round warms up.
    if (round === 0) continue;
    mine.push(ours.took);
    peers.forEach(({ took }, at) => theirs[at]?.push(took));
  }
  return {
    name: row.name,
    each: median(mine),
    most: row.most,
    peers: row.peers.map(({ name, goal, why }, at) => {
      const all = theirs[at] ?? [];
      const times = median(all.map((took, round) => took / /** @type {number} */ (mine[round])));
      return { name, each: median(all), times, goal, why };
    }),
  };
}
