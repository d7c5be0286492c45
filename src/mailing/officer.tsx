import { beyondWall } from "../db/wall.ts";
import { unitsOn } from "../drive/look.ts";
import { unitsByCode } from "../drive/store.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { formatCount } from "../kernel/money.ts";
import { septetsOf } from "../notices/gsm7.ts";
import { countMailing } from "../notices/store-mailing.ts";
import { renderSms, renderWords } from "../notices/templates.ts";
import { sentencesOf as wordsOfVersion } from "../notices/wording.ts";
import { policyOn } from "../policy/store.ts";
import { staffNames } from "../review/staff-names.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { runs } from "./act.ts";
import { readAudience } from "./audience.ts";
import { approveMailing, refuseMailing } from "./decide.ts";
import { HOME, ListPage } from "./list-view.tsx";
import { MailingPage } from "./mailing-view.tsx";
import { allowedActs, type Mailing, mayRun, templateOf } from "./rules.ts";
import { countRecipients } from "./rules-audience.ts";
import { mailingHours } from "./rules-policies.ts";
import { valuesOf } from "./send-due.ts";
import { stopMailing } from "./stop-mailing.ts";
import { countResults, findMailing, mailingsOf } from "./store.ts";
import { countRefusedAfter } from "./store-refusals.ts";
import { words } from "./words.ts";
import { writeMailing } from "./write-mailing.ts";

/** The desk's message campaigns: an office's for all its units, a coordinator's for the unit's own people. */
const desk = { who: ["officer", "supervisor", "coordinator", "leader"], purpose: "rollout" } as const;
const acting = { ...desk, who: ["officer", "supervisor", "coordinator"] } as const;
const LISTED = 50;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: HOME, handle: (ask) => showList(ask, [], 200) }),
  pageRoute({ ...acting, method: "POST", path: HOME, handle: postMailing }),
  pageRoute({ ...desk, method: "GET", path: `${HOME}/:id`, handle: (ask) => showMailing(ask, [], 200) }),
  pageRoute({ ...acting, method: "POST", path: `${HOME}/:id/:act`, handle: postAct }),
  pageRoute({
    ...desk,
    method: "GET",
    path: `${HOME}/:id/:act`,
    handle: (ask) => redirect(`${HOME}/${ask.params.id}`),
  }),
];

async function deskOf(ask: Ask): Promise<{ staff: Staff; officeName: string | undefined }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const [office] = officesAtWork(ask.actor);
  return { staff: ask.actor, officeName: office ? (await getOffice(ask.house.db, office))?.name : undefined };
}

/** Offices whose campaigns this member of staff sees. */
const officesSeen = (staff: Staff) => [
  ...officesAtWork(staff),
  ...staff.roles.flatMap(({ role, officeCode }) => (role === "leader" && officeCode ? [officeCode] : [])),
];

async function showList(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const { staff, officeName } = await deskOf(ask);
  const { db } = ask.house;
  const today = dayOf(ask.now);
  const seen = await unitsOn(db, staff, today.toString());
  const codes = seen.map(({ code }) => code);
  const mailings = await mailingsOf(db, codes, officesSeen(staff), LISTED);
  const own = seen.filter((unit) => mayRun(staff, unit)).map(({ code, name }) => ({ value: code, label: name }));
  const all = officeName ? [{ value: "", label: words(ask.lang).unitOffice }] : [];
  const view = (
    <ListPage
      {...{ ask, officeName, mailings, faults }}
      units={[...all, ...own]}
      names={new Map(seen.map(({ code, name }) => [code, name]))}
      hours={await policyOn(db, mailingHours, today)}
    />
  );
  return page(view, status);
}

async function postMailing(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  try {
    const id = await writeMailing(ask.house, staff, ask.form, ask.many.audience ?? []);
    return redirect(`${HOME}/${id}`, words(ask.lang).flash.written);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    return showList(ask, sentencesOf(failure.faults, words(ask.lang).faults), 422);
  }
}

/** One that is out of sight does not exist. */
async function getSeen(ask: Ask, staff: Staff): Promise<Mailing> {
  const mailing = await findMailing(ask.house.db, ask.params.id ?? "");
  if (!mailing) throw new NotFound("mailing");
  await runs(ask.house.db, staff, mailing, ask.now);
  return mailing;
}

async function showMailing(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const { staff, officeName } = await deskOf(ask);
  const { db } = ask.house;
  const mailing = await getSeen(ask, staff);
  const isRun = await runs(db, staff, mailing, ask.now);
  const isAhead = !mailing.begunAt && !mailing.stoppedAt && mailing.decision !== "refused";
  const [unit] = mailing.unitCode ? await unitsByCode(db, [mailing.unitCode]) : [];
  const counts = mailing.begunAt
    ? {
        ...(await countMailing(db, mailing.id)),
        results: await countResults(db, mailing.id),
        // A number of people, nobody's choice.
        refusedAfter: await beyondWall(() => countRefusedAfter(db, mailing.id)),
      }
    : undefined;
  const view = (
    <MailingPage
      {...{ ask, officeName, mailing, counts, faults }}
      unitName={unit?.name}
      names={await staffNames(db)}
      acts={isRun ? allowedActs(mailing, staff.staffId, ask.now) : []}
      isAuthor={mailing.writtenBy === staff.staffId}
      text={await textOf(ask, mailing)}
      preview={isAhead ? countRecipients(await readAudience(ask.house, mailing)) : undefined}
    />
  );
  return page(view, status);
}

/** As it goes out: in Vietnamese, in the version that stands with the campaign. */
async function textOf(ask: Ask, mailing: Mailing) {
  const template = templateOf[mailing.purpose];
  const values = await valuesOf(ask.house, mailing);
  const sentences = await wordsOfVersion(ask.house, { template, lang: "vi", template_version: mailing.version });
  const sms = values.reply ? renderSms(template, "vi", values, sentences) : undefined;
  const { title: subject, paragraphs } = renderWords(template, "vi", values, sentences);
  return { sms, septets: sms ? septetsOf(sms) : 0, subject, paragraphs };
}

const acts: Record<string, (ask: Ask, staff: Staff, id: string) => Promise<string>> = {
  async approve({ house, lang }, staff, id) {
    await approveMailing(house, staff, id);
    return words(lang).flash.approved;
  },
  async refuse({ house, lang, form }, staff, id) {
    await refuseMailing(house, staff, id, form.reason);
    return words(lang).flash.refused;
  },
  async stop({ house, lang }, staff, id) {
    const withdrawn = await stopMailing(house, staff, id);
    return words(lang).flash.stopped(formatCount(withdrawn, lang));
  },
};

async function postAct(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { id = "", act = "" } = ask.params;
  const work = Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!work) throw new NotFound("page");
  const { faults } = words(ask.lang);
  try {
    return redirect(`${HOME}/${id}`, await work(ask, staff, id));
  } catch (failure) {
    if (failure instanceof Invalid) return showMailing(ask, sentencesOf(failure.faults, faults), 422);
    if (!(failure instanceof NotAllowed)) throw failure;
    return showMailing(ask, [{ field: "main", text: faults.mailing_moved }], failure.status);
  }
}
