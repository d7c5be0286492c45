import type { House } from "../db/house.ts";

/** Under this purpose the totals are sealed; the code itself is the context, so that a row opens with its code only. */
export const FIGURES = "statement-figures";

/** Keyed marks of a check code: whoever reads the table learns no code. */
export const codeMarks = ({ vault }: Pick<House, "vault">, code: string) => vault.everyMark("statement-code", code);
