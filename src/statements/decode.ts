/**
 * Bytes to text: strict UTF-8, then GB18030 (a superset of GBK and GB2312), always over the whole file,
 * because statements arrive cut inside two-byte characters.
 */
export interface Decoded {
  readonly text: string;
  readonly encoding: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
  /** The last character was cut off. */
  readonly cut: boolean;
  /** Some characters could not be read and stand as U+FFFD. */
  readonly broken: boolean;
}

export const UNREADABLE = "\uFFFD";

const strict = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** A streaming decoder keeps an unfinished character back instead of refusing it. */
const withoutTail = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
};

const share = (text: string): number => {
  const foreign = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  return foreign === 0 ? 0 : text.split(UNREADABLE).length / foreign;
};

export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return sixteen(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return sixteen(bytes, "utf-16be");
  for (const encoding of ["utf-8", "gb18030"] as const) {
    const text = strict(bytes, encoding);
    if (text !== undefined) return { text, encoding, cut: false, broken: false };
  }
  for (const encoding of ["utf-8", "gb18030"] as const) {
    const text = withoutTail(bytes, encoding);
    if (text !== undefined) return { text, encoding, cut: true, broken: false };
  }
  // Damaged: text in the other encoding is unreadable nearly everywhere, in its own only where it was hit.
  const asUtf8 = new TextDecoder("utf-8").decode(bytes);
  if (share(asUtf8) < 0.3) return { text: asUtf8, encoding: "utf-8", cut: false, broken: true };
  const text = new TextDecoder("gb18030").decode(bytes);
  return { text, encoding: "gb18030", cut: false, broken: true };
}

function sixteen(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, cut: bytes.length % 2 === 1, broken: text.includes(UNREADABLE) };
}
