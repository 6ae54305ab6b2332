/** Account numbers as they may be shown: whoever looks over a shoulder learns none. */

const LONG = 8;

/** Its two ends of a long one, its last characters of a short one. A Chinese face draws "•" as wide as a character. */
export function masked(id: string): string {
  if (id.length >= LONG) return `${id.slice(0, 2)}****${id.slice(-2)}`;
  const shown = Math.min(4, Math.floor(id.length / 2));
  return "*".repeat(Math.min(id.length - shown, 4)) + id.slice(id.length - shown);
}

/** A day, with a time behind it or not: 20261120, 20261120153000. */
const DAY =
  /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(([01]\d|2[0-3])[0-5]\d([0-5]\d(\d{3})?)?)?$/;

/** Eight digits or more, or a letter U and seven; with what makes an amount of them. */
const NUMBER = /(\b\d\.)?(?:U\d{7,}|\d{8,})(\.\d\d?(?!\d))?/g;

/** A text whose numbers that may be an account's are masked: long ones that are no day and no amount. */
export const withoutAccounts = (
  text: string,
  /** Numbers known to be something else. */
  isOther: (number: string) => boolean = () => false,
): string =>
  text.replace(NUMBER, (run: string, before?: string, after?: string) =>
    before || after || DAY.test(run) || isOther(run) ? run : masked(run),
  );
