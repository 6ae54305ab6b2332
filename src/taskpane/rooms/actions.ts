/** What if · Actions: what is shown, worked out, copied and written there. */
export { combiningSheet } from "../../account";
export { combiningOf, Planning } from "../desk-planning";
export { ordersText } from "../instructions";
export { stripSpoken } from "../views/strip";
export { whatIfRoom } from "../views/what-if/room";
