import type { ComponentChildren } from "preact";
import { words as batchWords } from "../batch/words.ts";
import type { Staff } from "../kernel/actor.ts";
import { formatDay, formatMoment } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import { daysLeft, lastDayOf } from "../registration/rules.ts";
import type { Declaration } from "../registration/store.ts";
import { type FieldFault, Layout, Tag, type Tone } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./review.css?inline";
import { type ClockReading, readClock } from "./rules-clock.ts";
import { words } from "./words.ts";
import { actWords } from "./words-acts.ts";
import { labels } from "./words-labels.ts";

/** What every page of the counter knows: the request, who sits there, at which office. */
export interface Counter {
  ask: Ask;
  staff: Staff;
  officeName: string | undefined;
}

interface FrameProps {
  at: Counter;
  title: string;
  back?: string | undefined;
  wide?: boolean | undefined;
  children: ComponentChildren;
}

export function Frame({ at, title, back, wide, children }: FrameProps) {
  const { ask, officeName } = at;
  return (
    <Layout ask={ask} face="console" title={title} nowAt="queue" styles={[style]} {...{ back, wide, officeName }}>
      {children}
    </Layout>
  );
}

export const fileHref = (code: string, act = "") => `/console/files/${code}${act ? `/${act}` : ""}`;

const stateTones: Record<Declaration["status"], Tone> = {
  draft: "plain",
  confirmed: "plain",
  received: "now",
  accepted: "good",
  refused: "danger",
  lapsed: "plain",
  withdrawn: "plain",
};

export function StateTag({ at, file }: { at: Counter; file: Declaration }) {
  const isInBatch = file.status === "confirmed" && file.batchedAt;
  const said = isInBatch ? batchWords(at.ask.lang).batch.state : labels(at.ask.lang).states[file.status];
  return <Tag tone={stateTones[file.status]}>{said}</Tag>;
}

export function clockText(reading: ClockReading, at: Counter): string {
  const said = words(at.ask.lang).clock[reading.key];
  return typeof said === "string" ? said : said(reading.count);
}

const clockTones: Record<ClockReading["tone"], Tone> = { calm: "plain", soon: "warning", over: "danger" };

/** "còn 4 phút" in a row of the queue; the colour never speaks alone. */
export function ClockTag({ at, file }: { at: Counter; file: Declaration }) {
  const reading = readClock(file, at.ask.now, daysLeft);
  return reading ? <Tag tone={clockTones[reading.tone]}>{clockText(reading, at)}</Tag> : null;
}

/** The same on the file itself, with the clock time that it means. */
export function FileClock({ at, file }: { at: Counter; file: Declaration }) {
  const reading = readClock(file, at.ask.now, daysLeft);
  if (!reading) return null;
  const said = words(at.ask.lang).clock;
  const { now, lang } = at.ask;
  const isMinutes = file.status === "received" && file.noticeDueAt;
  const lastDay = file.lapsesAt ? formatDay(lastDayOf(file.lapsesAt), lang) : "";
  const by = isMinutes ? formatMoment(isMinutes, now, lang) : lastDay;
  return (
    <p class={`clock ${reading.tone}`}>
      {isMinutes ? said.noticeBy : said.handInBy} {by}
      <strong>{clockText(reading, at)}</strong>
    </p>
  );
}

/** Files by their codes, each a way to it. */
export function FileLinks({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <ul>
      {codes.map((code) => (
        <li key={code}>
          <a class="code" href={fileHref(code)}>
            {code}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Faults of the rules as sentences for the page. */
export function sentencesOf(faults: readonly Fault[], at: Counter): FieldFault[] {
  const said: Record<string, string> = actWords(at.ask.lang).faults;
  return faults.map(({ field, key }) => ({ field, text: said[key] ?? key }));
}

export const errorOf = (faults: readonly FieldFault[], field: string) =>
  faults.find((fault) => fault.field === field)?.text;
