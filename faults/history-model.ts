/** A person's file and account as small as they can be told: what each act may answer, and what it leaves behind. */
import type { Model } from "./history-check.ts";

/** "overdue": confirmed, and its days are over; whoever touches it next, or the sweep, lapses it. */
export type FileState =
  | "none"
  | "draft"
  | "confirmed"
  | "overdue"
  | "received"
  | "accepted"
  | "refused"
  | "lapsed"
  | "withdrawn";

export interface Life {
  file: FileState;
  /** The secret that signs in; undefined: no account. */
  password: string | undefined;
}

export type Done = "done" | { now: string } | "denied";

/** `now`: the state that a refusal told. A sign-in and a change of password name the secret that was typed. */
export type LifeAct =
  | { act: "declare" | "confirm" | "receive" | "refuse" | "withdraw" | "overdue"; answer: Done }
  | { act: "accept"; answer: Done; secret: string }
  | { act: "look"; answer: { now: string } }
  | { act: "sign in"; answer: Done; typed: string }
  | { act: "change password"; answer: Done; typed: string; next: string };

const moves = {
  declare: { from: ["none"], to: "draft" },
  confirm: { from: ["draft", "confirmed"], to: "confirmed" },
  receive: { from: ["confirmed"], to: "received" },
  accept: { from: ["received"], to: "accepted" },
  refuse: { from: ["received"], to: "refused" },
  withdraw: { from: ["draft", "confirmed", "withdrawn"], to: "withdrawn" },
} as const satisfies Record<string, { from: readonly FileState[]; to: FileState }>;

export const lifeModel: Model<Life, LifeAct> = {
  start: { file: "none", password: undefined },
  keyOf: ({ file, password }) => `${file} ${password}`,
  step(life, what, isKnown) {
    if (what.act === "sign in") return isKnown ? only(life, isRight(life, what)) : [life];
    if (what.act === "look") return isKnown ? told(life, what.answer.now) : [life];
    if (what.act === "change password") {
      const next = { ...life, password: what.next };
      if (!isKnown) return life.password === what.typed ? [life, next] : [life];
      if (what.answer === "done") return life.password === what.typed ? [next] : [];
      return only(life, life.password !== what.typed);
    }
    const moved = movedBy(life, what);
    if (!isKnown) return moved ? [life, moved] : [life];
    if (what.answer === "done") return moved ? [moved] : [];
    if (what.answer === "denied") return only(life, !moved);
    return moved ? [] : told(life, what.answer.now);
  },
};

const only = (life: Life, isSo: boolean): Life[] => (isSo ? [life] : []);

const isRight = (life: Life, { answer, typed }: { answer: Done; typed: string }) =>
  (life.password === typed) === (answer === "done");

function movedBy(
  life: Life,
  what: Exclude<LifeAct, { act: "sign in" | "look" | "change password" }>,
): Life | undefined {
  if (what.act === "overdue") return life.file === "confirmed" ? { ...life, file: "overdue" } : undefined;
  const { from, to } = moves[what.act];
  if (!(from as readonly string[]).includes(life.file)) return undefined;
  return what.act === "accept" ? { file: to, password: what.secret } : { ...life, file: to };
}

/** Whoever was told of a state saw it: of an overdue file that it is lapsed, or that it is not yet. */
function told(life: Life, now: string): Life[] {
  if (life.file === "overdue" && now === "lapsed") return [{ ...life, file: "lapsed" }];
  if (life.file === "overdue" && now === "confirmed") return [life];
  return only(life, life.file === now);
}
