/** What the Hong Kong card lets a user do. */
import { hongKongFigure, NO_HONG_KONG_TERMS, type HongKongTerms } from "../account";
import { digits, readNumber } from "../core";
import type { Desk } from "./desk";
import { NO_HONG_KONG_TYPED, NOTHING_TYPED, type HongKongTyped } from "./desk-state";
import type { HongKongActs } from "./views/account/hong-kong";

/** Changes what is typed for the account in front. */
function type(desk: Desk, change: (typed: HongKongTyped) => Partial<HongKongTyped>): void {
  const { entry, state } = desk;
  if (!entry) return;
  const typed = state.typed[entry.key] ?? NOTHING_TYPED;
  const hongKong = typed.hongKong ?? NO_HONG_KONG_TYPED;
  desk.typing();
  desk.set({
    typed: {
      ...state.typed,
      [entry.key]: { ...typed, hongKong: { ...hongKong, ...change(hongKong) } },
    },
    hongKongOpen: true,
    notice: undefined,
  });
}

/** The sample leaves nothing behind in the profile. */
function keep(desk: Desk, path: string, change: (terms: HongKongTerms) => HongKongTerms): void {
  desk.typing();
  desk.memory.changeProfile(`hongKong.${path}`, (profile) => ({
    ...profile,
    hongKong: change(profile.hongKong ?? NO_HONG_KONG_TERMS),
  }));
}

export const hongKongActs = (desk: Desk): HongKongActs => ({
  typeEquity: (equity) => type(desk, () => ({ equity })),
  typeFuture: (key, text) =>
    type(desk, ({ futures }) => ({ futures: { ...futures, [key]: text } })),
  typeTerm: (commodity, field, text) => {
    const path = `${commodity}.${field}`;
    type(desk, ({ terms }) => ({ terms: { ...terms, [path]: text } }));
    const figure = text.trim() === "" ? undefined : hongKongFigure(field, text);
    if (text.trim() !== "" && figure === undefined) return;
    keep(desk, path, (terms) => ({
      ...terms,
      products: {
        ...terms.products,
        [commodity]: { ...terms.products[commodity], [field]: figure },
      },
    }));
  },
  typeRate: (text) => {
    type(desk, ({ terms }) => ({ terms: { ...terms, rate: text } }));
    const read = readNumber(text);
    if (text.trim() !== "" && !read?.greaterThan(0)) return;
    const rate = text.trim() === "" || !read ? undefined : digits(read);
    keep(desk, "rate", (terms) => ({ ...terms, rate }));
  },
  optionValue: (optionValue) => {
    desk.speech.saySwitch();
    keep(desk, "optionValue", (terms) => ({ ...terms, optionValue }));
  },
  commodity: (commodity) => desk.set({ commodity }),
});
