import type { ComponentChildren } from "preact";
import { Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./texts.css?inline";

export interface Desk {
  ask: Ask;
  officeName: string | undefined;
  /** Staff id → name. */
  names: ReadonlyMap<string, string>;
}

interface FrameProps {
  at: Desk;
  title: string;
  back?: string;
  children: ComponentChildren;
}

export function Frame({ at: { ask, officeName }, title, back, children }: FrameProps) {
  return (
    <Layout ask={ask} face="console" nowAt="texts" wide styles={[style]} {...{ title, back, officeName }}>
      {children}
    </Layout>
  );
}

export const textHref = (...parts: readonly (string | number)[]) => ["/console/texts", ...parts].join("/");
