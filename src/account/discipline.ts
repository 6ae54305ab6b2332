/** The seller's own rules, watched: they warn and never change a figure. */
import { digits, readNumber, type Amount } from "../core";
import type { Line, Part, Warning } from "./book";
import { own } from "./price";
import type { Profile } from "./profile";
import type { Standings } from "./standing";

const percent = (fraction: Amount): string => `${digits(fraction.times(100).toDecimalPlaces(2))}%`;

const warning = (kind: Warning["kind"], zh: string, en: string): Warning => ({
  kind,
  text: { zh, en },
});

const limit = (text: string | undefined): Amount | undefined =>
  text === undefined ? undefined : readNumber(text);

export function lineWarnings(
  { position, price, unit }: Pick<Line, "position" | "price" | "unit">,
  { discipline }: Profile,
): readonly Warning[] {
  const { contract, side, quantity, lockedShares } = position;
  const warnings: Warning[] = [];
  const stop = limit(own(discipline.stopLoss, contract));
  if (side === "short" && stop && price?.greaterThanOrEqualTo(stop)) {
    warnings.push(
      warning(
        "stopLoss",
        `${contract} 现价 ${digits(price)}，已到止损价 ${digits(stop)}。按纪律买平。`,
        `${contract} is at ${digits(price)} and has reached its stop of ${digits(stop)}. By your own rule, buy it back.`,
      ),
    );
  }
  const needed = unit?.times(quantity);
  if (side === "covered" && lockedShares && needed && lockedShares.lessThan(needed)) {
    const short = digits(needed.minus(lockedShares));
    warnings.push(
      warning(
        "coveredShort",
        `${contract} 备兑不足：还差 ${short} 份，锁定补足，否则会被强行平仓。`,
        `Covered shares short: ${contract} needs ${short} more. Lock them, or the position may be closed out.`,
      ),
    );
  }
  if (side === "covered" && !lockedShares) {
    warnings.push(
      warning(
        "coveredUnknown",
        `${contract} 锁定份数未知：账单没有列，按已足额锁定计，不收保证金。核对锁定份数。`,
        `How many shares are locked for ${contract} isn't printed; it is taken as covered in full and takes no margin. Check the shares locked.`,
      ),
    );
  }
  return warnings;
}

export function accountWarnings(
  { equity, available, denominator }: Standings,
  byProduct: readonly Part[],
  { discipline }: Profile,
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (!equity?.greaterThan(0) || !denominator) return warnings;
  const share = limit(discipline.productShare);
  for (const { name, broker } of byProduct) {
    const taken = broker?.dividedBy(equity);
    if (!share || !taken?.greaterThan(share)) continue;
    warnings.push(
      warning(
        "productShare",
        `${name.zh} 占用权益的 ${percent(taken)}，超过自定的 ${percent(share)}。减仓或调高上限。`,
        `${name.en} takes ${percent(taken)} of equity, more than your ${percent(share)}. Close some, or raise the limit.`,
      ),
    );
  }
  const cushion = limit(discipline.cushion);
  const free = available?.dividedBy(equity);
  if (cushion && free?.lessThan(cushion)) {
    warnings.push(
      warning(
        "cushion",
        `可用资金只占权益的 ${percent(free)}，低于自定的 ${percent(cushion)}。减仓或入金。`,
        `Only ${percent(free)} of equity is free, less than your ${percent(cushion)}. Close some, or pay in.`,
      ),
    );
  }
  return warnings;
}
