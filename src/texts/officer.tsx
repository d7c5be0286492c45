import type { Staff } from "../kernel/actor.ts";
import { officesOf } from "../kernel/actor.ts";
import { Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Words } from "../notices/rules-words.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { findLongestOfficeName, getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { approve } from "./approve.ts";
import { checkWords, tidyWords } from "./check.ts";
import { EditPage } from "./edit-view.tsx";
import { type Desk, textHref } from "./frame.tsx";
import { TextsPage } from "./list-view.tsx";
import { propose } from "./propose.ts";
import { getLang, getTemplateName, getVersion, getWords, langs, readText, readTexts, type TextOf } from "./read.ts";
import { retire } from "./retire.ts";
import { allowedActs, BUILT_IN } from "./rules.ts";
import type { Named } from "./take-step.ts";
import { TextPage } from "./text-view.tsx";
import { turnDown } from "./turn-down.ts";
import { VersionPage } from "./version-view.tsx";
import { words } from "./words.ts";
import { writeText } from "./write.ts";

/** The words of messages: read by supervisors and operators; written, proposed and approved by supervisors. */
const reads = { who: ["supervisor", "operator"], purpose: "operation" } as const;
const writes = { who: ["supervisor"], purpose: "operation" } as const;

const ofVersion = "/console/texts/:template/:lang/:version";

export const routes: Route[] = [
  pageRoute({ ...reads, method: "GET", path: "/console/texts", handle: showTexts }),
  pageRoute({ ...reads, method: "GET", path: "/console/texts/:template", handle: showText }),
  pageRoute({ ...writes, method: "GET", path: "/console/texts/:template/:lang/edit", handle: showEdit }),
  pageRoute({ ...writes, method: "POST", path: "/console/texts/:template/:lang/edit", handle: postEdit }),
  pageRoute({ ...reads, method: "GET", path: ofVersion, handle: (ask) => showVersion(ask, [], 200) }),
  ...(["proposal", "approval", "refusal", "retirement"] as const).flatMap((act) => [
    pageRoute({ ...writes, method: "POST", path: `${ofVersion}/${act}`, handle: (ask) => postStep(ask, act) }),
    pageRoute({
      ...reads,
      method: "GET",
      path: `${ofVersion}/${act}`,
      handle: (ask) => redirect(textHref(ask.params.template ?? "", ask.params.lang ?? "", ask.params.version ?? "")),
    }),
  ]),
];

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

const mayWrite = (ask: Ask) => staffOf(ask).roles.some(({ role }) => role === "supervisor");

async function deskOf(ask: Ask): Promise<Desk> {
  const { db } = ask.house;
  const [office] = officesOf(staffOf(ask), "supervisor");
  const officeName = office ? (await getOffice(db, office))?.name : undefined;
  return { ask, officeName, names: await staffNames(db) };
}

async function showTexts(ask: Ask): Promise<Reply> {
  const { house, now } = ask;
  const texts = await readTexts(house.db, now);
  return page(<TextsPage at={await deskOf(ask)} texts={texts} sender={house.settings.smsSender} />);
}

async function showText(ask: Ask): Promise<Reply> {
  const { house, now } = ask;
  const template = getTemplateName(ask.params.template);
  const texts: TextOf[] = [];
  for (const lang of langs) texts.push(await readText(house.db, template, lang, now));
  const longestOffice = await findLongestOfficeName(house.db);
  const at = await deskOf(ask);
  const sender = house.settings.smsSender;
  return page(<TextPage {...{ at, template, texts, longestOffice, sender, mayWrite: mayWrite(ask) }} />);
}

function versionOf(text: string | undefined): number {
  if (!/^[1-9]\d{0,5}$/.test(text ?? "")) throw new NotFound("version");
  return Number(text);
}

async function textOf(ask: Ask): Promise<TextOf> {
  const template = getTemplateName(ask.params.template);
  return readText(ask.house.db, template, getLang(ask.params.lang), ask.now);
}

async function showEdit(ask: Ask): Promise<Reply> {
  const text = await textOf(ask);
  const basedOn = ask.query.from ? versionOf(ask.query.from) : text.present;
  const typed = { ...getWords(text, basedOn), note: "" };
  const sender = ask.house.settings.smsSender;
  return page(
    <EditPage {...{ at: await deskOf(ask), text, basedOn, typed, sender }} preview={undefined} faults={[]} />,
  );
}

/** Two buttons: the preview changes nothing; saving makes a version. Faults come back with everything that was typed. */
async function postEdit(ask: Ask): Promise<Reply> {
  const text = await textOf(ask);
  const { template, lang } = text;
  const basedOn = versionOf(ask.form.from);
  const { note = "" } = ask.form;
  const typed = wordsTyped(ask);
  if (ask.form.act !== "save") return editAgain(ask, text, basedOn, checkWords(template, lang, tidyWords(typed)));
  try {
    const asked = { template, lang, basedOn, words: typed, note };
    const version = await writeText(ask.house, staffOf(ask), asked);
    return redirect(textHref(template, lang, version), words(ask.lang).done.write(version));
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    return editAgain(ask, text, basedOn, failure.faults);
  }
}

function wordsTyped({ form }: Ask): Words {
  const { sms = "", subject = "", body = "", push = "" } = form;
  return { sms, subject, body, push };
}

async function editAgain(ask: Ask, text: TextOf, basedOn: number, faults: readonly Fault[]): Promise<Reply> {
  const typed = { ...wordsTyped(ask), note: ask.form.note ?? "" };
  const isPreview = faults.length === 0;
  const preview = isPreview ? tidyWords(typed) : undefined;
  const told = faults.map((fault) => sentence(ask, fault));
  const sender = ask.house.settings.smsSender;
  const at = await deskOf(ask);
  return page(<EditPage {...{ at, text, basedOn, typed, preview, sender }} faults={told} />, isPreview ? 200 : 422);
}

function sentence(ask: Ask, { field, key, values }: Fault): FieldFault {
  const said: Record<string, (what: string) => string> = words(ask.lang).faults;
  return { field, text: said[key]?.(String(values?.what ?? "")) ?? key };
}

async function showVersion(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const text = await textOf(ask);
  const version = versionOf(ask.params.version);
  const written = version === BUILT_IN ? undefined : getVersion(text.versions, version);
  const { staffId } = staffOf(ask);
  const acts = written && mayWrite(ask) ? allowedActs(written, text.versions, staffId, ask.now) : [];
  const view = { text, version, written, acts, isOwn: written?.authorId === staffId, mayWrite: mayWrite(ask) };
  const sender = ask.house.settings.smsSender;
  return page(<VersionPage at={await deskOf(ask)} {...view} {...{ sender, faults }} typed={ask.form} />, status);
}

const steps = {
  proposal: {
    done: "propose",
    field: "template",
    take: (ask: Ask, named: Named) => propose(ask.house, staffOf(ask), named),
  },
  approval: {
    done: "approve",
    field: "from",
    take: (ask: Ask, named: Named) => {
      const { from_day: day = "", from_month: month = "", from_year: year = "" } = ask.form;
      return approve(ask.house, staffOf(ask), named, { day, month, year });
    },
  },
  refusal: {
    done: "refuse",
    field: "reason",
    take: (ask: Ask, named: Named) => turnDown(ask.house, staffOf(ask), named, ask.form.reason ?? ""),
  },
  retirement: {
    done: "retire",
    field: "reason",
    take: (ask: Ask, named: Named) => retire(ask.house, staffOf(ask), named, ask.form.reason ?? ""),
  },
} as const;

/** What cannot be done stands on the page of the version, with the reason and the newest state. */
async function postStep(ask: Ask, act: keyof typeof steps): Promise<Reply> {
  const { template, lang } = await textOf(ask);
  const named = { template, lang, version: versionOf(ask.params.version) };
  const { done, field, take } = steps[act];
  try {
    await take(ask, named);
  } catch (failure) {
    if (failure instanceof Invalid) {
      return showVersion(
        ask,
        failure.faults.map((fault) => sentence(ask, fault)),
        422,
      );
    }
    if (!(failure instanceof NotAllowed)) throw failure;
    return showVersion(ask, [sentence(ask, { field, key: failure.code })], failure.status);
  }
  return redirect(textHref(template, lang, named.version), words(ask.lang).done[done]);
}
