import { changePassword } from "../account/change-password.ts";
import { identify } from "../account/identify.ts";
import { reissue } from "../account/reissue.ts";
import { signIn } from "../account/sign-in.ts";
import { anyone, type Citizen } from "../kernel/actor.ts";
import { confirm } from "../registration/confirm.ts";
import { declareWhole } from "../registration/draft.ts";
import type { Declaration } from "../registration/store.ts";
import { accept } from "../review/accept.ts";
import { receive } from "../review/receive.ts";
import type { Stage } from "./story.ts";

/** What people in the stories do, by the same verbs that the pages call. */

const OFFICE = "52T01";
/** Everybody in the demo who has chosen a password chose this one. */
export const CHOSEN_PASSWORD = "lua chin ben song Con 52";

export type Fields = Record<string, string>;

/** Form 01 as typed, confirmed so many days ago. */
export async function declare(stage: Stage, fields: Fields, daysAgo = 0): Promise<Declaration> {
  const at = new Date(stage.now.getTime() - daysAgo * 24 * 3600_000);
  const declared = { ...homeFields, ...fields };
  const { code } = await declareWhole(stage.house, { fields: declared, lang: "vi", actor: anyone, now: at });
  return confirm(stage.house, { code, actor: anyone, now: at });
}

const homeFields: Fields = {
  for_whom: "self",
  paper_kind: "cccd",
  issued_day: "15",
  issued_month: "8",
  issued_year: "2022",
  issued_by: "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
  commune: "21952",
  street: "Thôn Mẫu 3",
  office: OFFICE,
};

/** The officer takes the signed form and reads the paper; `seen` is what differs from what was declared. */
export async function handIn(stage: Stage, file: Declaration, fields: Fields, seen: Fields = {}): Promise<void> {
  await receive(stage.house, stage.officer, file.code, {
    id_kind: fields.paper_kind ?? "cccd",
    id_number: fields.paper_number,
    name: fields.full_name,
    birth_day: fields.birth_day,
    birth_month: fields.birth_month,
    birth_year: fields.birth_year,
    original_seen: "yes",
    form_signed: "yes",
    face_matches: "yes",
    copy_kept: "yes",
    ...seen,
  });
}

export interface User {
  login: string;
  password: string;
  citizen: Citizen;
}

/** Declared, handed in, accepted, signed in for the first time and a password of one's own chosen. */
export async function becomesUser(stage: Stage, fields: Fields): Promise<User> {
  const { house, officer } = stage;
  const file = await declare(stage, fields);
  await handIn(stage, file, fields);
  const { personId } = await accept(house, officer, { code: file.code, note: "" });
  if (!personId) throw new Error("an accepted file has a person");
  const now = house.clock.now();
  const desk = { officeCode: OFFICE, paper: "cccd", handOver: "slip" } as const;
  const { login, password = "" } = await reissue(house, officer, { ...desk, personId, now });
  const device = "Trình duyệt mẫu";
  const session = await signIn(house, { login, password, kind: "bearer", device, now });
  const citizen = await identify(house, { bearer: session.token });
  if (citizen.kind !== "citizen") throw new Error("a signed-in person is a citizen");
  const change = { currentPassword: password, newPassword: CHOSEN_PASSWORD, lang: "vi", now } as const;
  await changePassword(house, citizen, change);
  return { login, password: CHOSEN_PASSWORD, citizen };
}
