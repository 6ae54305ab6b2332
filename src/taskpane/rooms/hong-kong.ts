/** Hong Kong: what holdings there need, and how it is shown and said. */
export { hongKongFor } from "../desk-hong-kong";
export { hongKongCards, spokenHongKong } from "../views/account/hong-kong";
