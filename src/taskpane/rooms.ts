/**
 * What the first screen doesn't show. Each has its code in a file of its own, which loads when it is first
 * asked for; one more is a module in rooms/ and a line here. Nothing else imports those modules but for types.
 */
import { Late } from "./late";

export type ActionsCode = typeof import("./rooms/actions");
export type ExpiryCode = typeof import("./rooms/expiry");
export type MarketCode = typeof import("./rooms/market");
export type HongKongCode = typeof import("./rooms/hong-kong");
export type ReconcileCode = typeof import("./rooms/reconcile");

let show = (): void => undefined;
const changed = (): void => show();

export const rooms = {
  actions: new Late(() => import(/* webpackChunkName: "actions" */ "./rooms/actions"), changed),
  columns: new Late(() => import(/* webpackChunkName: "columns" */ "./rooms/columns"), changed),
  expiry: new Late(() => import(/* webpackChunkName: "expiry" */ "./rooms/expiry"), changed),
  functions: new Late(() => import(/* webpackChunkName: "list" */ "./rooms/functions"), changed),
  market: new Late(() => import(/* webpackChunkName: "market" */ "./rooms/market"), changed),
  reconcile: new Late(
    () => import(/* webpackChunkName: "reconcile" */ "./rooms/reconcile"),
    changed,
  ),
  settings: new Late(() => import(/* webpackChunkName: "settings" */ "./rooms/settings"), changed),
  sheets: new Late(() => import(/* webpackChunkName: "sheets" */ "./rooms/sheets"), changed),
  hongKong: new Late(
    () => import(/* webpackChunkName: "hong-kong" */ "./rooms/hong-kong"),
    changed,
  ),
};

/** Who shows the page anew when the code of a room has come, or hasn't. */
export function followRooms(follower: () => void): void {
  show = follower;
}

let fetching: Promise<void> | undefined;

/** Loads all of them, one after another, before anyone asks: a room then opens at once, and without a network. */
export function fetchRooms(): Promise<void> {
  fetching ??= (async () => {
    // What doesn't load is asked for again when it is needed.
    for (const room of Object.values(rooms)) await room.arrive().catch(() => undefined);
  })();
  return fetching;
}
