/** Tasks as an officer may see them: those of their own offices, with the telephone only when it is asked for. */
import { record } from "../audit/record.ts";
import type { Db, House, Tx } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { maskNumber } from "../kernel/numbers.ts";
import type { Sentences } from "../notices/rules-words.ts";
import { type NoticeView, noticesOf } from "../notices/store-read.ts";
import { sentencesOf } from "../notices/wording.ts";
import { contactsOf } from "../register/store.ts";
import type { Declaration } from "../registration/store.ts";
import { findByIds } from "../registration/store-many.ts";
import { findTask, listTasks, type Task } from "./store.ts";

/** A task of another office does not exist for this one. */
export async function getOwnTask(db: Db | Tx, staff: Staff, id: string): Promise<Task> {
  const task = /^[1-9]\d{0,17}$/.test(id) ? await findTask(db, id) : undefined;
  if (!task || !officesAtWork(staff).includes(task.officeCode)) throw new NotFound("task");
  return task;
}

export interface TaskLine {
  task: Task;
  name: string | undefined;
  code: string;
  notices: NoticeView[];
}

export async function tasksOf(
  house: House,
  staff: Staff,
  want: { isDone: boolean; after?: Task; limit: number },
): Promise<TaskLine[]> {
  const tasks = await listTasks(house.db, { officeCodes: officesAtWork(staff), ...want });
  const files = await findByIds(
    house.db,
    tasks.map(({ declarationId }) => declarationId),
  );
  const lines: TaskLine[] = [];
  for (const task of tasks) {
    const file = files.get(task.declarationId);
    if (file) lines.push({ task, name: file.answers.name?.full, code: file.code, notices: await waysOf(house, task) });
  }
  return lines;
}

export interface OpenedTask extends TaskLine {
  file: Declaration;
  /** Masked, unless the officer asked for the numbers to call. */
  phones: { number: string; isTried: boolean }[];
  /** The text whose words the letter says, and the version in which it was sent. */
  text: { notice: NoticeView; sentences: Sentences } | undefined;
}

/** The look is on record; asking for the numbers is another line of it. */
export async function openOwnTask(
  house: House,
  staff: Staff,
  id: string,
  as: "look" | "phone" | "letter",
): Promise<OpenedTask> {
  const task = await getOwnTask(house.db, staff, id);
  const file = (await findByIds(house.db, [task.declarationId])).get(task.declarationId);
  if (!file) throw new NotFound("declaration");
  await record(house.db, {
    at: house.clock.now(),
    actor: staff,
    action: `unreached.${as}`,
    purpose: "notices",
    personId: file.personId ?? undefined,
    object: { kind: "unreached_task", id: task.id },
    officeCode: task.officeCode,
  });
  const phones = (await phonesOf(house, file)).map(({ number, isTried }) => ({
    number: as === "phone" ? number : maskNumber(number),
    isTried,
  }));
  const name = file.answers.name?.full;
  const notices = await waysOf(house, task);
  return { task, file, name, code: file.code, phones, notices, text: await textOf(house, notices) };
}

/** The number that was declared, and those that the register knows: one of them may ring. */
async function phonesOf(house: House, file: Declaration) {
  const tried = file.phone ?? file.answers.phone?.number;
  const contacts = file.personId ? await contactsOf(house.db, file.personId) : [];
  const known = contacts.flatMap(({ kind, value }) => (kind === "phone" ? [value] : []));
  return [...new Set([...known.filter((one) => one !== tried), ...(tried ? [tried] : [])])].map((number) => ({
    number,
    isTried: number === tried,
  }));
}

/** The e-mail says most; a notice on a device says nothing. */
async function textOf(house: House, notices: readonly NoticeView[]): Promise<OpenedTask["text"]> {
  const texts = notices.filter(({ channel }) => channel !== "push");
  const notice = texts.find(({ channel }) => channel === "email") ?? texts[0];
  if (!notice) return undefined;
  const { template, lang, templateVersion } = notice;
  return { notice, sentences: await sentencesOf(house, { template, lang, template_version: templateVersion }) };
}

async function waysOf(house: House, task: Task): Promise<NoticeView[]> {
  const notices = await noticesOf(house.db, task.declarationId);
  return notices.filter((notice) => notice.class === "outcome");
}
