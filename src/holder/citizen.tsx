import { COOKIE } from "../account/open-session.ts";
import { proofsOf } from "../account/proof.ts";
import { proofPage } from "../account/rules-next.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Forbidden, NotAllowed } from "../kernel/failures.ts";
import {
  Acts,
  Button,
  ButtonLink,
  Checkboxes,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Panel,
  SummaryList,
  TickList,
} from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { stopOwnAccount } from "./end-account.ts";
import { words } from "./words.ts";

/** "Ngừng sử dụng": the person ends the registration of electronic transactions, and takes the confirmation away. */

const AT = "/account/stop";

function StopPage({ ask, faults = [] }: { ask: Ask; faults?: readonly FieldFault[] }) {
  const said = words(ask.lang).stop;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/app/more">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <TickList items={said.after} />
      <Form ask={ask} action={AT}>
        <Checkboxes
          name="agree"
          label={said.title}
          options={[{ value: "yes", label: said.agree }]}
          error={faults[0]?.text}
        />
        <Acts>
          <Button kind="danger">{said.stop}</Button>
          <ButtonLink kind="quiet" href="/app/more">
            {said.keep}
          </ButtonLink>
        </Acts>
      </Form>
    </Layout>
  );
}

function StoppedPage({ ask, reference }: { ask: Ask; reference: string }) {
  const said = words(ask.lang).stop;
  return (
    <Layout ask={ask} face="portal" title={said.doneTitle}>
      <h1>{said.doneTitle}</h1>
      <Panel tone="tinted">
        <SummaryList
          rows={[
            { key: said.reference, value: <strong>{reference}</strong> },
            { key: said.at, value: formatInstant(ask.now, ask.lang) },
          ]}
        />
      </Panel>
      <p>{said.done}</p>
      <ButtonLink kind="quiet" href="/">
        {said.home}
      </ButtonLink>
    </Layout>
  );
}

async function show(ask: Ask): Promise<Reply> {
  const { isFresh } = await proofsOf(ask.house.db, citizenFrom(ask), ask.now);
  return isFresh ? page(<StopPage ask={ask} />) : redirect(proofPage(AT));
}

async function stop(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  if (form.agree !== "yes") {
    const faults = [{ field: "agree", text: words(lang).stop.agreeMissing }];
    return page(<StopPage ask={ask} faults={faults} />, 422);
  }
  try {
    const reference = await stopOwnAccount(house, citizenFrom(ask), lang, now);
    const view = <StoppedPage ask={ask} reference={reference} />;
    return { kind: "page", status: 200, view, clearCookies: [COOKIE] };
  } catch (error) {
    if (error instanceof Forbidden && error.code === "proof_needed") return redirect(proofPage(AT));
    if (error instanceof NotAllowed) return redirect("/sign-in");
    throw error;
  }
}

const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: AT, handle: show }),
  pageRoute({ ...own, method: "POST", path: AT, handle: stop }),
];
