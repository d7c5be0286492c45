import { COOKIE } from "../account/open-session.ts";
import { proofsOf } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
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
import { printConfirmation } from "./confirmation.ts";
import { confirmationTicket, readTicket, TICKET_COOKIE } from "./confirmation-ticket.ts";
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
      <Acts>
        <ButtonLink href={`${AT}/confirmation`}>{words(ask.lang).paper.download}</ButtonLink>
        <ButtonLink kind="quiet" href="/">
          {said.home}
        </ButtonLink>
      </Acts>
    </Layout>
  );
}

async function show(ask: Ask): Promise<Reply> {
  const citizen = citizenFrom(ask);
  refuseLimited(citizen, ask.now);
  const { isFresh } = await proofsOf(ask.house.db, citizen, ask.now);
  return isFresh ? page(<StopPage ask={ask} />) : redirect(proofPage(AT));
}

async function stop(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  if (form.agree !== "yes") {
    const faults = [{ field: "agree", text: words(lang).stop.agreeMissing }];
    return page(<StopPage ask={ask} faults={faults} />, 422);
  }
  try {
    const citizen = citizenFrom(ask);
    const { personId } = citizen;
    const reference = await stopOwnAccount(house, citizen, lang, now);
    const view = <StoppedPage ask={ask} reference={reference} />;
    const cookies = [confirmationTicket(house.vault, personId, reference, now)];
    return { kind: "page", status: 200, view, cookies, clearCookies: [COOKIE] };
  } catch (error) {
    if (error instanceof Forbidden && error.code === "proof_needed") return redirect(proofPage(AT));
    if (error instanceof NotAllowed) return redirect("/sign-in");
    throw error;
  }
}

/** The paper, for whoever has just stopped here. */
async function printStopped(ask: Ask): Promise<Reply> {
  const ticket = readTicket(ask.house.vault, ask.cookies[TICKET_COOKIE], ask.now);
  return ticket ? pdf(ask, ticket.personId, ticket.reference) : redirect("/sign-in");
}

/** The paper of one of one's own changes. */
function printOwn(ask: Ask): Promise<Reply> {
  return pdf(ask, citizenFrom(ask).personId, ask.params.reference ?? "");
}

async function pdf({ house, lang, now }: Ask, personId: string, reference: string): Promise<Reply> {
  const bytes = await printConfirmation(house, { personId, reference, lang, now });
  return { kind: "bytes", type: "application/pdf", bytes, name: `${reference}.pdf` };
}

const open = { who: ["anyone"], purpose: "account" } as const;
const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: AT, handle: show }),
  pageRoute({ ...own, method: "POST", path: AT, handle: stop }),
  pageRoute({ ...open, method: "GET", path: `${AT}/confirmation`, handle: printStopped }),
  pageRoute({ ...own, method: "GET", path: "/account/confirmations/:reference", handle: printOwn }),
];
