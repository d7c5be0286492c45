import { Button, type Face, Form, KeptPage, Layout, readKept } from "../ui/index.ts";
import { formTokenFor } from "./form-token.ts";
import type { Ask, Reply } from "./route.ts";
import { words } from "./words.ts";

interface GoingOn {
  face: Face;
  /** The address to which it was sent first. */
  to: string;
  /** Of the session that has just begun, if one did: the page's form hangs on it. */
  token?: string | undefined;
}

/**
 * On with the session that has just begun: where `reply` leads, or first to what was typed before. Before a password is
 * changed no form is taken: what was typed goes along to that page.
 */
export function withKept(
  ask: Ask,
  reply: Extract<Reply, { kind: "redirect" }>,
  { mustChange, ...going }: GoingOn & { mustChange: boolean },
): Extract<Reply, { kind: "page" | "redirect" }> {
  const kept = mustChange ? passwordFirst(ask, going) : keptPage(ask, going);
  return kept ? { ...kept, ...(reply.cookies ? { cookies: reply.cookies } : {}) } : reply;
}

function passwordFirst(ask: Ask, { to, token }: GoingOn): (Reply & { kind: "page" }) | undefined {
  const { kept } = ask.form;
  if (!readKept(kept)) return undefined;
  const said = words(ask.lang).passwordFirst;
  const inside = withToken(ask, token);
  const view = (
    <Layout ask={inside} face="portal" title={said.title}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={inside} action="/account/password">
        <input type="hidden" name="next" value={to} />
        <input type="hidden" name="kept" value={kept} />
        <Button>{said.onward}</Button>
      </Form>
    </Layout>
  );
  return { kind: "page", status: 200, view };
}

/** What stands on such a page is at no address: the other language would leave it behind. */
const withToken = (ask: Ask, token: string | undefined): Ask => ({
  ...ask,
  seenAt: undefined,
  ...(token ? { formToken: formTokenFor(ask.house.vault, token) } : {}),
});

/** What was typed before one had to sign in or confirm again, behind one button; undefined where nothing waits. */
export function keptPage(ask: Ask, { face, to, token }: GoingOn): (Reply & { kind: "page" }) | undefined {
  const typed = readKept(ask.form.kept);
  if (!typed) return undefined;
  return {
    kind: "page",
    status: 200,
    view: <KeptPage ask={withToken(ask, token)} face={face} to={to} typed={typed} />,
  };
}
