import type { ComponentChildren } from "preact";
import { abreastStyle, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./campaign.css?inline";

interface FrameProps {
  ask: Ask;
  title: string;
  back?: string | undefined;
  officeName: string | undefined;
  children: ComponentChildren;
}

/** Every page of the campaign at the desk. */
export function Frame({ children, ...props }: FrameProps) {
  return (
    <Layout face="console" nowAt="campaign" styles={[abreastStyle, style]} wide {...props}>
      {children}
    </Layout>
  );
}
