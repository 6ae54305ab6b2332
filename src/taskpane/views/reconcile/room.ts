/** The Reconcile room: the broker's rule in one sentence, how many rows don't fit it, and why. */
import type { Book, Profile, Reconciliation } from "../../../account";
import { digits } from "../../../core";
import type { Progress, ReconciledDay } from "../../desk-reconciled";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { Notice } from "../../state";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { RECONCILE_TEXTS, type ReconcileTexts } from "../../texts-reconcile";
import { toSheet } from "../account-icons";
import { missingCard, type Asking } from "../account/missing";
import { noticeView } from "../account/notice";
import { bridgeCard } from "./bridge";
import { daysCard } from "./days";
import { identitiesCard } from "./identities";
import { headed, inPane, printer } from "./marks";
import { previousCard } from "./previous";
import { rowsCard } from "./rows";
import {
  busyOf,
  cancelledBeforeCard,
  cancelledCard,
  isPresent,
  progressCard,
  redoing,
  stateSaid,
  workingCard,
} from "./working";

export interface ReconcileUi {
  /** Ids of rows whose causes are open. */
  readonly openRows: ReadonlySet<string>;
  readonly query: string;
  readonly matchingOpen: boolean;
  readonly identitiesOpen: boolean;
  /** Beside what the notice stands: the rule, a row by its id, or else the buttons. */
  readonly noticeAt: string | undefined;
}

/** The notice is of the rule. */
export const AT_RULE = "rule";

export interface ReconcileActs {
  openRow(id: string, alsoOthers: boolean): void;
  search(text: string): void;
  toggleMatching(): void;
  toggleIdentities(): void;
  /** Another statement of the account comes to the front. */
  day(key: string): void;
  typePrevious(underlying: string, text: string): void;
  useRule(): void;
  copyRow(id: string): void;
  write(): void;
  print(): void;
  undo(): void;
  /** Gives up a reconciliation that takes long. */
  cancel(): void;
  /** Begins it again. */
  again(): void;
}

export interface ReconcileProps {
  readonly book: Book;
  /** Undefined while it is worked out for the first time; while busy or cancelled, what was found before. */
  readonly found: Reconciliation | undefined;
  /** The account's statements, the oldest first. */
  readonly days: readonly ReconciledDay[];
  /** The entry in front. */
  readonly front: string;
  readonly busy: boolean;
  readonly progress: Progress | undefined;
  readonly cancelled: boolean;
  /** What is typed of it leaves nothing behind. */
  readonly sample: boolean;
  readonly profile: Profile;
  readonly asking: Pick<Asking, "ui" | "acts">;
  readonly typedPrevious: Readonly<Record<string, string>>;
  readonly ui: ReconcileUi;
  readonly acts: ReconcileActs;
  readonly language: Language;
  readonly notice: Notice | undefined;
  /** The notice is of a sheet that can be taken back. */
  readonly canUndo: boolean;
  /** Excel is reached: writing works. */
  readonly connected: boolean;
  /** A sheet is being written; one at a time. */
  readonly writing: boolean;
}

/** With a reconciliation that is there. */
export type FoundProps = ReconcileProps & { readonly found: Reconciliation };

/** The profile that charges as the rule found does; undefined where it isn't confirmed, or no surcharge can say it. */
export function profileBy({ rule }: Reconciliation, profile: Profile): Profile | undefined {
  const { main, isOfAll, others, confirmed } = rule.terms;
  if (!main || !confirmed || !isOfAll || main.terms.kind === "rate") return undefined;
  const { terms } = main;
  const surcharge: Profile["surcharge"] =
    terms.kind === "points"
      ? { kind: "points", points: digits(terms.points) }
      : { kind: "multiple", markup: terms.kind === "multiple" ? digits(terms.markup) : "0" };
  const products = { ...profile.products };
  for (const { terms: own, products: of } of others) {
    if (own.kind !== "rate") continue;
    for (const { code } of of) products[code] = { ...products[code], broker: digits(own.rate) };
  }
  return { ...profile, surcharge, products };
}

const sameProfile = (a: Profile, b: Profile): boolean =>
  JSON.stringify([a.surcharge, a.products]) === JSON.stringify([b.surcharge, b.products]);

function ruleCard(props: FoundProps, texts: ReconcileTexts): Described {
  const { found, profile, sample, acts, language, ui, notice } = props;
  const { rule, notes } = found;
  const then = sample || !isPresent(props) ? undefined : profileBy(found, profile);
  return h(
    "section",
    {
      key: "rule",
      class: "card block",
      "aria-labelledby": "rule-heading",
      "aria-busy": busyOf(props),
    },
    h(
      "div",
      { key: "head", class: "rule-head" },
      h("h2", { id: "rule-heading", class: "quiet-heading", tabindex: "-1" }, texts.rule),
      busyOf(props) && " ",
      redoing(props, texts),
    ),
    h("p", { key: "sentence", class: "rule-sentence" }, rule.sentence[language]),
    h(
      "p",
      { key: "borne", class: "note" },
      headed(inPane(rule.borneOut[language])),
      // The notice of its having been used says no less.
      then &&
        sameProfile(then, profile) &&
        ui.noticeAt !== AT_RULE &&
        (language === "zh" ? `${texts.used}。` : ` ${texts.used}.`),
    ),
    then &&
      !sameProfile(then, profile) &&
      h(
        "button",
        {
          key: "use",
          type: "button",
          id: "use-rule",
          class: "link",
          onclick: () => acts.useRule(),
        },
        texts.use,
      ),
    ui.noticeAt === AT_RULE && noticeView(notice),
    ...notes.map((note, index) => h("p", { key: `note ${index}`, class: "gap" }, note[language])),
  );
}

function actsView(props: ReconcileProps, texts: ReconcileTexts): Child[] {
  const { found, cancelled, acts, connected, writing, language } = props;
  const why = !connected
    ? ACCOUNT_TEXTS[language].notConnected
    : cancelled && texts.cancelledUnwritten;
  const button = (id: string, kind: string, label: string, act: () => void, icon: Described) =>
    h(
      "button",
      {
        key: id,
        type: "button",
        id,
        class: kind,
        disabled: Boolean(why) || !found || found.length === 0,
        "aria-disabled": writing ? "true" : undefined,
        "aria-describedby": why ? "write-why" : undefined,
        onclick: act,
      },
      icon,
      label,
    );
  return [
    h(
      "div",
      { key: "acts", class: "pair" },
      button("write-reconcile", "button primary", texts.write, () => acts.write(), toSheet()),
      button("print-reconcile", "button", texts.print, () => acts.print(), printer()),
    ),
    why && h("p", { key: "why", id: "write-why", class: "note" }, why),
  ];
}

/** Options whose margin lacks their own price: no field asks for one, so it is said where it can be given. */
function unpricedCard({ book }: ReconcileProps, texts: ReconcileTexts): Child {
  const many = new Set(
    book.lines.flatMap(({ kind, position, price }) =>
      kind === "option" && position.side === "short" && !price ? [position.contract] : [],
    ),
  ).size;
  return (
    many > 0 && h("p", { key: "unpriced", class: "card block note-card" }, texts.unpriced(many))
  );
}

export function reconcileRoom(props: ReconcileProps): Child[] {
  const { book, found, asking, acts, language, notice, canUndo } = props;
  const texts = RECONCILE_TEXTS[language];
  const missing = missingCard({ book, language, ...asking, why: texts.why });
  const undo = { id: "undo", label: ACCOUNT_TEXTS[language].undo, act: () => acts.undo() };
  const { noticeAt, openRows } = props.ui;
  // Said where the press was; a row that is closed again leaves it to the foot of the room.
  const isPlaced =
    !canUndo && noticeAt !== undefined && (noticeAt === AT_RULE || openRows.has(noticeAt));
  const said = !isPlaced && noticeView(notice, canUndo ? [undo] : []);
  const state = stateSaid(props, texts);
  if (props.cancelled && !found) return [state, cancelledCard(props, texts), missing];
  const progress = props.cancelled ? cancelledBeforeCard(props, texts) : progressCard(props, texts);
  if (!found) return [state, progress, workingCard(props, texts), missing];
  if (found.length === 0) {
    return [
      state,
      progress,
      h(
        "section",
        { key: "nothing", class: "card block", "aria-busy": busyOf(props) },
        redoing(props, texts),
        h("p", {}, texts.nothing),
        h("p", { class: "note" }, texts.nothingNext),
      ),
      daysCard(props, texts),
      identitiesCard({ ...props, found }, texts),
      said,
    ];
  }
  const whole: FoundProps = {
    ...props,
    found,
    ui: { ...props.ui, noticeAt: isPlaced ? noticeAt : undefined },
  };
  return [
    state,
    progress,
    ruleCard(whole, texts),
    daysCard(props, texts),
    bridgeCard(whole, texts),
    missing,
    unpricedCard(whole, texts),
    previousCard(whole, texts),
    rowsCard(whole, texts),
    identitiesCard(whole, texts),
    said,
    ...actsView(props, texts),
  ];
}
