/** Words that securities brokers and ETF option statements share. */
const NUMBER = /^[19]\d{7}$/;

/**
 * The trading code and the 8-digit number of a contract. Brokers disagree on which of 合约编码 and 合约代码 is
 * which, so the grammar decides.
 */
export function codeAndNumber(...cells: readonly string[]): {
  code: string | undefined;
  number: string | undefined;
} {
  const given = cells.filter(Boolean);
  return {
    code: given.find((cell) => !NUMBER.test(cell)),
    number: given.find((cell) => NUMBER.test(cell)),
  };
}

/** 是, 1, Y, 备兑 against 否, 0, N, 非备兑. */
export const saysYes = (text: string): boolean =>
  /^(?:是|1|y|yes|true|备兑|备兑仓)$/i.test(text.trim());
