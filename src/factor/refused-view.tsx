import { refusalOf } from "../account/hindrance.ts";
import { Button, Form, HeldUp, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words.ts";

interface RefusedPageProps {
  ask: Ask;
  next: string;
  /** Typed before the session ended (see keptText). */
  kept: string;
  /** The key of the reason (see refusalOf). */
  why: string;
}

/** Another way did not lead in, and something typed waits: back to the sign-in page with it, where every way stands. */
export function RefusedPage({ ask, next, kept, why }: RefusedPageProps) {
  const said = words(ask.lang).refused;
  const refusal = refusalOf(why, ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title}>
      {refusal ? <HeldUp {...refusal} /> : null}
      <h1>{said.title}</h1>
      <p>{said.kept}</p>
      <Form ask={ask} action="/sign-in">
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="kept" value={kept} />
        <input type="hidden" name="why" value={why} />
        <Button>{said.back}</Button>
      </Form>
    </Layout>
  );
}
