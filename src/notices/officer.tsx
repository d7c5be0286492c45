import { record } from "../audit/record.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { findMessages, isSeenBy, readMessageQuery } from "./find-messages.ts";
import { FoundPage } from "./found-view.tsx";
import { NoticePage } from "./notice-view.tsx";
import { type Desk, listHref, OutboxPage } from "./outbox-view.tsx";
import { resend } from "./resend.ts";
import { shows } from "./rules.ts";
import { attemptsOf, countNotices, findNotice, listNotices, type NoticeView } from "./store-read.ts";
import { sentencesOf } from "./wording.ts";
import { words } from "./words.ts";

/** The life of every message, for the offices in which one works; operators see all. */
const who = ["officer", "supervisor", "operator"] as const;
const A_PAGE = 50;
const ATTEMPTS_SHOWN = 100;
const COUNTED_AT_MOST = 20_000;

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/console/outbox", who, purpose: "notices", handle: showList }),
  pageRoute({ method: "POST", path: "/console/outbox", who, purpose: "notices", rate: "guess", handle: find }),
  pageRoute({ method: "GET", path: "/console/outbox/:id", who, purpose: "notices", handle: showNotice }),
  pageRoute({ method: "POST", path: "/console/outbox/:id/resend", who, purpose: "notices", handle: sendAgain }),
];

async function showList(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const { db } = ask.house;
  const typed = (ask.query.code ?? "").trim();
  const fileCode = typed ? parseFileCode(typed) : undefined;
  const isBadCode = typed !== "" && !fileCode;
  const show = shows.find((one) => one === ask.query.show) ?? "all";
  const before = /^\d{1,18}$/.test(ask.query.before ?? "") ? ask.query.before : undefined;
  const scope = { officeCodes: officesSeen(staff), fileCode };
  const counts = await countNotices(db, scope, ask.now, COUNTED_AT_MOST);
  const found = isBadCode ? [] : await listNotices(db, scope, { show, now: ask.now, before, limit: A_PAGE + 1 });
  const notices = found.slice(0, A_PAGE);
  await record(db, {
    at: ask.now,
    actor: staff,
    action: "notices.list",
    purpose: "notices",
    detail: { show, notices: notices.length, ...(fileCode ? { file: fileCode } : {}) },
  });
  const older = found.length > A_PAGE ? listHref({ show, code: typed, before: notices.at(-1)?.id }) : undefined;
  const newer = before ? listHref({ show, code: typed }) : undefined;
  const desk = await deskOf(ask, staff);
  return page(<OutboxPage {...{ desk, show, code: typed, isBadCode, counts, notices, older, newer }} />);
}

/** A file's code leads to its address; whatever names a person stays out of every address. */
async function find(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const typed = ask.form.q ?? "";
  const query = readMessageQuery(typed);
  if (query?.code) return redirect(listHref({ show: "all", code: query.code }));
  const desk = await deskOf(ask, staff);
  if (!query) return page(<FoundPage {...{ desk, typed }} found={undefined} />, 422);
  const found = await findMessages(ask.house, staff, query, officesSeen(staff));
  return page(<FoundPage {...{ desk, typed, found }} />);
}

async function showNotice(ask: Ask): Promise<Reply> {
  return noticePage(ask, 200);
}

async function sendAgain(ask: Ask): Promise<Reply> {
  const staff = staffOf(ask);
  const noticeId = (await ownNotice(ask, staff)).id;
  try {
    await resend(ask.house, { noticeId, staff, officeCodes: officesSeen(staff) });
  } catch (failure) {
    if (failure instanceof NotAllowed) return noticePage(ask, failure.status);
    throw failure;
  }
  return redirect(`/console/outbox/${noticeId}`, words(ask.lang).resent);
}

async function noticePage(ask: Ask, status: number): Promise<Reply> {
  const staff = staffOf(ask);
  const notice = await ownNotice(ask, staff);
  await record(ask.house.db, {
    at: ask.now,
    actor: staff,
    action: "notices.look",
    purpose: "notices",
    personId: notice.personId ?? undefined,
    object: { kind: "notice", id: notice.id },
    officeCode: notice.officeCode ?? undefined,
  });
  const attempts = await attemptsOf(ask.house.db, notice.id, ATTEMPTS_SHOWN);
  const { template, lang, templateVersion } = notice;
  const sentences = await sentencesOf(ask.house, { template, lang, template_version: templateVersion });
  const desk = await deskOf(ask, staff);
  const offices = officesSeen(staff);
  const isOwn = !offices || offices.includes(notice.officeCode ?? "");
  return page(<NoticePage {...{ desk, notice, attempts, sentences, isOwn }} isOvertaken={status !== 200} />, status);
}

/** A message of another office does not exist for this one. */
async function ownNotice(ask: Ask, staff: Staff): Promise<NoticeView> {
  const id = ask.params.id ?? "";
  const notice = /^\d{1,18}$/.test(id) ? await findNotice(ask.house.db, id) : undefined;
  const offices = officesSeen(staff);
  if (!notice || (offices && !(await isSeenBy(ask.house, notice, offices)))) throw new NotFound("notice");
  return notice;
}

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

/** Undefined: all, also the messages that belong to no office. */
function officesSeen(staff: Staff): string[] | undefined {
  if (staff.roles.some(({ role }) => role === "operator")) return undefined;
  const held = staff.roles.filter(({ role }) => role === "officer" || role === "supervisor");
  return [...new Set(held.flatMap(({ officeCode }) => officeCode ?? []))];
}

async function deskOf(ask: Ask, staff: Staff): Promise<Desk> {
  const [first] = officesSeen(staff) ?? [];
  const office = first ? await getOffice(ask.house.db, first) : undefined;
  return { ask, officeName: office?.name };
}
