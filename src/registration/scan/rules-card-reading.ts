import type { TypedDay } from "../../kernel/card-day.ts";

/** What a card or passport says of its holder, as it would be typed into the boxes. It saves typing and proves nothing. */
export interface CardReading {
  kind: "cccd" | "passport";
  number: string;
  name: string;
  /** The machine-readable lines know no marks: the person adds them. */
  hasMarks: boolean;
  birth: TypedDay;
  sex: 1 | 2 | undefined;
  issued: TypedDay | undefined;
  /** ISO day after which the paper is worth nothing, where the reading tells it. */
  lastDay: string | undefined;
}
