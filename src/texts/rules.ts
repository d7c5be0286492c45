/** The life of a version of a message's words: a fold over its steps, and what may follow for whom. Pure. */

export type StepKind = "proposed" | "approved" | "refused" | "retired";

export interface Step {
  kind: StepKind;
  staffId: string;
  at: Date;
  reason: string | null;
  effectiveFrom: Date | null;
}

/** One version in one language, as far as its life goes. */
export interface Life {
  version: number;
  authorId: string;
  steps: readonly Step[];
}

export type TextState = "draft" | StepKind;

/**
 * present: what messages say now · coming: approved for a later day · past: a newer one took its place ·
 * overtaken: never approved, and a newer one is proposed or approved.
 */
export type Standing = "draft" | "proposed" | "refused" | "retired" | "present" | "coming" | "past" | "overtaken";

export type Act = "propose" | "approve" | "refuse" | "retire";

/** Version 1 is in the code: it is always approved and never retired. */
export const BUILT_IN = 1;

export const stepOf = ({ steps }: Life, kind: StepKind): Step | undefined => steps.find((step) => step.kind === kind);

export function stateOf(life: Life): TextState {
  const inOrder: readonly StepKind[] = ["retired", "refused", "approved", "proposed"];
  return inOrder.find((kind) => stepOf(life, kind)) ?? "draft";
}

/** The newest version that is approved, has begun and is not retired; the built-in one when there is none. */
export function presentVersion(all: readonly Life[], now: Date): number {
  const begun = all.filter((one) => {
    const from = stepOf(one, "approved")?.effectiveFrom;
    return stateOf(one) === "approved" && from && from <= now;
  });
  return Math.max(BUILT_IN, ...begun.map(({ version }) => version));
}

export function standingOf(life: Life, all: readonly Life[], now: Date): Standing {
  const state = stateOf(life);
  if (state === "draft" || state === "proposed") return isOvertaken(life, all) ? "overtaken" : state;
  if (state !== "approved") return state;
  const present = presentVersion(all, now);
  if (life.version === present) return "present";
  return life.version > present ? "coming" : "past";
}

function isOvertaken(life: Life, all: readonly Life[]): boolean {
  return all.some((other) => other.version > life.version && ["proposed", "approved"].includes(stateOf(other)));
}

/** Two pairs of eyes: whoever wrote the words never decides on them. */
export function allowedActs(life: Life, all: readonly Life[], staffId: string, now: Date): Act[] {
  const isAuthor = life.authorId === staffId;
  switch (standingOf(life, all, now)) {
    case "draft":
      return isAuthor ? ["propose"] : [];
    case "proposed":
      return isAuthor ? [] : ["approve", "refuse"];
    case "present":
    case "coming":
      return ["retire"];
    default:
      return [];
  }
}

/** The proposal that waits for a second person, if there is one. */
export function waitingVersion(all: readonly Life[], now: Date): number | undefined {
  return all.find((one) => standingOf(one, all, now) === "proposed")?.version;
}
