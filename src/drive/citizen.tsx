import { words as accountWords } from "../account/words.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import {
  Button,
  CodeField,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  PasswordField,
  SummaryList,
  sentencesOf,
  TextField,
  textOf,
} from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { acceptAsStaff, acceptInvitation, readInvitation } from "./accept-invitation.ts";
import { unitHref } from "./frame.tsx";
import { words } from "./words.ts";
import { faultWords } from "./words-faults.ts";

/** The public page of an invitation: the code, then a user name and a password of one's own. */
const open = { who: ["anyone"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/invitation", handle: (ask) => page(<InvitationPage ask={ask} />) }),
  pageRoute({ ...open, method: "POST", path: "/invitation", rate: "guess", handle: postInvitation }),
];

/** Signed in at the desk with everything that it asks for. */
const staffOf = ({ actor }: Ask) => (actor.kind === "staff" && !actor.owes ? actor : undefined);

type Read = Awaited<ReturnType<typeof readInvitation>>;

async function postInvitation(ask: Ask): Promise<Reply> {
  const { code = "", username, password = "" } = ask.form;
  let read: Read | undefined;
  try {
    read = await readInvitation(ask.house, code);
    const staff = staffOf(ask);
    if (staff && ask.form.act === "own") {
      await acceptAsStaff(ask.house, staff, code);
      return redirect(unitHref(read.unit.code), words(ask.lang).accept.asStaffDone(read.unit.name));
    }
    if (username === undefined) return page(<InvitationPage ask={ask} read={read} />);
    const made = await acceptInvitation(ask.house, { code, username, password });
    return redirect("/console/sign-in", words(ask.lang).accept.done(made.username));
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const faults = sentencesOf(failure.faults, { ...accountWords(ask.lang).faults, ...faultWords(ask.lang) });
    const isOfCode = faults.some(({ field }) => field === "code");
    return page(<InvitationPage ask={ask} read={isOfCode ? undefined : read} faults={faults} />, 422);
  }
}

interface InvitationPageProps {
  ask: Ask;
  /** What the code opened; without it the code is asked for. */
  read?: Read | undefined;
  faults?: readonly FieldFault[];
}

function InvitationPage({ ask, read, faults = [] }: InvitationPageProps) {
  const said = words(ask.lang).accept;
  return (
    <Layout ask={ask} face="portal" title={said.title}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {read ? <Choose ask={ask} read={read} faults={faults} /> : <AskCode ask={ask} faults={faults} />}
    </Layout>
  );
}

function AskCode({ ask, faults }: { ask: Ask; faults: readonly FieldFault[] }) {
  const said = words(ask.lang).accept;
  return (
    <Form ask={ask} action="/invitation">
      <CodeField
        name="code"
        label={said.code}
        hint={said.codeHint}
        value={ask.form.code}
        error={textOf(faults, "code")}
        hasLetters
      />
      <Button>{said.open}</Button>
    </Form>
  );
}

function Choose({ ask, read, faults }: { ask: Ask; read: Read; faults: readonly FieldFault[] }) {
  const said = words(ask.lang).accept;
  const { invitation, unit } = read;
  const staff = staffOf(ask);
  return (
    <>
      <SummaryList
        rows={[
          { key: said.unit, value: unit.name },
          { key: said.person, value: invitation.name },
          { key: said.until, value: formatInstant(invitation.endsAt, ask.lang) },
        ]}
      />
      <p>{said.notYours}</p>
      {staff ? (
        <Form ask={ask} action="/invitation">
          <input type="hidden" name="code" value={ask.form.code ?? ""} />
          <p>{said.asStaffLead}</p>
          <Button name="act" value="own">
            {said.asStaff(staff.name)}
          </Button>
        </Form>
      ) : (
        <p>
          {said.haveAccount} <a href="/console/sign-in">{said.signIn}</a>
        </p>
      )}
      <h2>{staff ? said.otherAccount : said.choose}</h2>
      <Form ask={ask} action="/invitation">
        <input type="hidden" name="code" value={ask.form.code ?? ""} />
        <TextField
          name="username"
          label={said.username}
          hint={said.usernameHint}
          value={ask.form.username}
          error={textOf(faults, "username")}
          autoComplete="username"
          width="half"
          maxLength={32}
        />
        <PasswordField
          name="password"
          label={said.password}
          rules={said.rules}
          error={textOf(faults, "password")}
          autoComplete="new-password"
        />
        <Button kind={staff ? "quiet" : "main"}>{said.submit}</Button>
      </Form>
    </>
  );
}
