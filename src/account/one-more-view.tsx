import { Button, type Face, Form, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { staffWords } from "./words-staff.ts";

interface OneMorePageProps {
  ask: Ask;
  face: Face;
  title: string;
  /** The page of the second factor. */
  action: string;
  next: string;
  waiting: string;
}

/** The password was right, and something typed waits: on to the second factor with it. */
export function OneMorePage({ ask, face, title, action, next, waiting }: OneMorePageProps) {
  const said = staffWords(ask.lang).staff;
  return (
    <Layout ask={ask} face={face} title={title}>
      <h1>{title}</h1>
      <p>{said.oneMore}</p>
      <Form ask={ask} action={action}>
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="kept" value={waiting} />
        <Button>{said.onward}</Button>
      </Form>
    </Layout>
  );
}
