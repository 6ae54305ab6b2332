/** The functions: their list, and the call that is put together. */
export { EXAMPLES } from "../examples";
export { functionsRoom, spokenOpen } from "../views/functions-room";
