import type { ComponentChildren } from "preact";
import { abreastStyle, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./roster.css?inline";
import type { RosterUnit } from "./rules.ts";

export const ROSTER = "/console/roster";

export interface Seat {
  ask: Ask;
  /** Of whose people the page speaks; undefined where no unit is meant. */
  unit: RosterUnit | undefined;
}

export function hrefOf(path: string, query: Record<string, string | undefined>): string {
  const filled = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return filled.length > 0 ? `${path}?${new URLSearchParams(filled)}` : path;
}

interface FrameProps {
  at: Seat;
  title: string;
  back?: string | undefined;
  children: ComponentChildren;
}

export function Frame({ at: { ask, unit }, title, back, children }: FrameProps) {
  return (
    <Layout
      ask={ask}
      face="console"
      nowAt={unit ? "roster" : "appointments"}
      wide
      styles={[abreastStyle, style]}
      officeName={unit?.name}
      {...{ title, back }}
    >
      {children}
    </Layout>
  );
}
