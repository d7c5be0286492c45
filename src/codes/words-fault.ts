import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { words } from "./words.ts";

/** What is wrong with a code, as a page says it; undefined when the fault is not one of a code. */
export function codeFaultText({ key, values = {} }: Fault, lang: Lang): string | undefined {
  const said = words(lang).faults;
  switch (key) {
    case "code_shape":
      return `${said.code_shape(Number(values.digits))}.`;
    case "code_wrong":
      return `${said.code_wrong(Number(values.left))}.`;
    case "code_ended":
      return `${said.code_ended}.`;
    default:
      return undefined;
  }
}
