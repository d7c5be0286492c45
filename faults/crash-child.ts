/** What a process of the crash loop and its parent say to each other. */
import { passedDoors, setTrap, type Trap } from "./crash-doors.ts";

/** `{}`: the trap is taken away; what was not reached strikes nobody who comes later. */
export type Order = { trap?: Trap } | "count";

/** Answers its parent, and ends with it. `told`: what the parent needs before the first order. */
export function obey(told: object): void {
  process.on("message", (order: Order) => {
    if (order === "count") process.send?.({ passed: passedDoors() });
    else {
      setTrap(order.trap);
      process.send?.({ isSet: true });
    }
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.(told);
}
