/** What a reader of a ledger's day should know beside its figures, as sentences. */
import type { LedgerNote } from "./ledger-books";
import { digits, exact, type Amount } from "./number";
import type { Bilingual } from "./terms";

const { zero } = exact;
const plain = (figure: Amount = zero): string => digits(figure.abs());
const above = (figure: Amount = zero): boolean => figure.greaterThan(0);

/** Two amounts of which one comes in and the other goes out, the zero ones left out. */
function exchanged({ shares, cash, covered }: LedgerNote): Bilingual {
  const [zh, en]: string[][] = [[], []];
  if (shares && !shares.isZero()) {
    zh?.push(`${above(shares) ? "收" : "付"}${covered ? "备兑" : "现券"} ${plain(shares)} 份`);
    en?.push(`${plain(shares)} ${covered ? "covered " : ""}shares ${above(shares) ? "in" : "out"}`);
  }
  if (cash && !cash.isZero()) {
    zh?.push(`${above(cash) ? "收" : "付"}资金 ${plain(cash)}`);
    en?.push(`${plain(cash)} of cash ${above(cash) ? "in" : "out"}`);
  }
  return { zh: zh?.join("、") ?? "", en: en?.join(", ") ?? "" };
}

/** What an exercise out of the money takes beside its loss. */
function readiness({ needed, shares }: LedgerNote): Bilingual {
  if (above(shares?.abs())) {
    return { zh: `，须备券 ${plain(shares)} 份`, en: `; it takes ${plain(shares)} shares` };
  }
  return above(needed)
    ? { zh: `，须备资金 ${plain(needed)}`, en: `; it takes ${plain(needed)} of cash` }
    : { zh: "", en: "" };
}

/** What a delivery to come still lacks. */
function lacking({
  lacking: { shares, cash } = { shares: zero, cash: zero },
}: LedgerNote): Bilingual {
  const said = [
    ...(above(shares) ? [{ zh: `现券 ${plain(shares)} 份`, en: `${plain(shares)} shares` }] : []),
    ...(above(cash) ? [{ zh: `资金 ${plain(cash)}`, en: `${plain(cash)} of cash` }] : []),
  ];
  if (said.length === 0) return { zh: "", en: "" };
  return {
    zh: `；尚缺${said.map(({ zh }) => zh).join("、")}`,
    en: `; ${said.map(({ en }) => en).join(" and ")} still to be found`,
  };
}

const SAID: Readonly<Record<LedgerNote["kind"], (note: LedgerNote) => Bilingual>> = {
  outOfTheMoney(note) {
    const { zh, en } = readiness(note);
    const worse = above(note.cash?.abs())
      ? { zh: `较市价亏 ${plain(note.cash)}`, en: `${plain(note.cash)} worse than the market` }
      : { zh: "没有收付", en: "nothing is paid" };
    return {
      zh: `虚值行权 ${plain(note.lots)} 手，${worse.zh}${zh}`,
      en: `${plain(note.lots)} exercised out of the money, ${worse.en}${en}`,
    };
  },
  abandonedInTheMoney: ({ lots, cash }) => ({
    zh: `放弃实值 ${plain(lots)} 手，内在价值 ${plain(cash)}`,
    en: `${plain(lots)} abandoned in the money, worth ${plain(cash)}`,
  }),
  expiredInTheMoney: ({ lots, cash }) => ({
    zh: `${plain(lots)} 手实值到期未行权，内在价值 ${plain(cash)}，核对是否漏记行权`,
    en: `${plain(lots)} lapsed in the money, worth ${plain(cash)}; check that no exercise is left out`,
  }),
  exercisedByItself: ({ lots }) => ({
    zh: `到期实值，交易所自动行权 ${plain(lots)} 手`,
    en: `${plain(lots)} in the money at expiry, exercised by the exchange itself`,
  }),
  becameShort: ({ lots }) => ({
    zh: `备兑不足，${plain(lots)} 手日终转为普通义务仓`,
    en: `${plain(lots)} short of shares, an ordinary short position from this evening on`,
  }),
  unlocked: ({ shares }) => ({
    zh: `没有备兑仓要用的 ${plain(shares)} 份日终解锁`,
    en: `${plain(shares)} shares that no covered call needs any more are unlocked`,
  }),
  coveredShort: ({ shares }) => ({
    zh: `备兑不足，差 ${plain(shares)} 份，须补锁或平仓`,
    en: `covered shares ${plain(shares)} short: lock more or close`,
  }),
  toDeliver(note) {
    const { zh, en } = exchanged(note);
    const lacks = lacking(note);
    return {
      zh: `${note.day ?? "下一交易日"} 交收：${zh}${lacks.zh}`,
      en: `delivery ${note.day ? `on ${note.day}` : "the next trading day"}: ${en}${lacks.en}`,
    };
  },
  delivered(note) {
    const { zh, en } = exchanged(note);
    return { zh: `交收完成：${zh}`, en: `delivered: ${en}` };
  },
  lastDay: ({ lots }) => ({
    zh: `今日到期，还有 ${plain(lots)} 手没写行权、指派或到期`,
    en: `expires today; whether ${plain(lots)} were exercised, assigned or expired is still to be said`,
  }),
  netted: ({ lots }) => ({
    zh: `日终双向持仓对冲 ${plain(lots)} 手`,
    en: `${plain(lots)} long netted against short at the day's end`,
  }),
  dissolved: () => ({ zh: "组合解除", en: "set taken apart" }),
};

/** @example ledgerNote(note).en // "510050C1503M02400: delivery on 2015-03-26: 10000 shares out, 24000 of cash in" */
export function ledgerNote(note: LedgerNote): Bilingual {
  const { zh, en } = SAID[note.kind](note);
  return { zh: `${note.label}：${zh}`, en: `${note.label}: ${en}` };
}
