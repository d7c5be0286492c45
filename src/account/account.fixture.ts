import type { TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Actor, type Citizen, officesOf, type Staff } from "../kernel/actor.ts";
import { openSecrets } from "../notices/secrets.ts";
import { enrol } from "../register/enrol.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import { changePassword } from "./change-password.ts";
import { identify } from "./identify.ts";
import { issueAccount } from "./issue-account.ts";
import type { SignedIn } from "./let-in.ts";
import { signIn } from "./sign-in.ts";

/** People and sign-ins for the tests of accounts. */

export const hoaNumbers = { insurance: "5221730946", personalId: "052190000123", phone: "0913274608" } as const;
export const hoaEmail = "dang.hoa@example.vn";
export const firstChoice = "con trâu xanh leo dốc chậm";
export const secondChoice = "thuyền nan lướt qua bốn bến";

/** Đặng Thị Hòa, born 15/01/1990: in the register, without an account. */
export function enrolHoa(house: TestHouse): Promise<string> {
  return enrolPerson(house, "Đặng Thị Hòa", hoaNumbers.insurance, hoaNumbers.personalId);
}

export function enrolPerson(house: TestHouse, name: string, insurance: string, personalId: string): Promise<string> {
  return inTransaction(house.db, (tx) =>
    enrol(tx, {
      personId: undefined,
      name,
      birthOn: "1990-01-15",
      birthPrecision: "day",
      sex: 2,
      numbers: [
        { kind: "bhxh", number: insurance },
        { kind: "personal_id", number: personalId },
      ],
      at: house.clock.now(),
    }),
  );
}

export function issueTo(house: TestHouse, personId: string, phone: string = hoaNumbers.phone, email?: string) {
  const now = house.clock.now();
  return inTransaction(house.db, (tx) =>
    issueAccount(tx, house, { personId, declarationId: undefined, phone, email, lang: "vi", now }),
  );
}

export function enter(house: TestHouse, login: string, password: string, deviceCookie?: string): Promise<SignedIn> {
  return signIn(house, { login, password, kind: "cookie", device: "", deviceCookie, now: house.clock.now() });
}

export async function citizenOf(house: TestHouse, token: string): Promise<Citizen> {
  const actor: Actor = await identify(house, { cookie: token });
  if (actor.kind !== "citizen") throw new Error(`signed in as ${actor.kind}`);
  return actor;
}

/** Hòa with an account and a password of her own choice. */
export async function settleHoa(house: TestHouse, email?: string): Promise<string> {
  const personId = await enrolHoa(house);
  const { login, password } = await issueTo(house, personId, hoaNumbers.phone, email);
  const { token } = await enter(house, login, password);
  await changeTo(house, await citizenOf(house, token), password, firstChoice);
  return personId;
}

export function changeTo(house: TestHouse, citizen: Citizen, currentPassword: string, newPassword: string) {
  return changePassword(house, citizen, { currentPassword, newPassword, now: house.clock.now() });
}

/** An officer of the first office of the reference list, signed in. */
export async function seatOfficer(house: TestHouse): Promise<{ officer: Staff; officeCode: string; token: string }> {
  const office = await house.db.selectFrom("bhxh_office").select("office_code").limit(1).executeTakeFirstOrThrow();
  const member = { username: "le.minh", name: "Lê Văn Minh", role: "officer", office: office.office_code };
  const { staff: officer, token } = await hired(house, member);
  return { officer, officeCode: officesOf(officer, "officer")[0] ?? "", token };
}

/** The last activation code that was sent, as the telephone shows it. */
export async function lastActivation(house: TestHouse): Promise<string> {
  const notice = await house.db
    .selectFrom("notice")
    .selectAll()
    .where("template", "=", "activation_code")
    .orderBy("notice_id", "desc")
    .executeTakeFirstOrThrow();
  if (!notice.sealed_fields) throw new Error("no code was sealed");
  return openSecrets(house.vault, notice.dedupe_key, notice.sealed_fields).password ?? "";
}

/** The eight digits of the last code that was sent, as the telephone shows them. */
export async function lastCode(house: TestHouse): Promise<string> {
  const notice = await house.db
    .selectFrom("notice")
    .selectAll()
    .where("template", "=", "one_time_code")
    .orderBy("notice_id", "desc")
    .executeTakeFirstOrThrow();
  if (!notice.sealed_fields) throw new Error("no code was sealed");
  return openSecrets(house.vault, notice.dedupe_key, notice.sealed_fields).code ?? "";
}

export async function countNotices(house: TestHouse, template: string): Promise<number> {
  const rows = await house.db.selectFrom("notice").select("notice_id").where("template", "=", template).execute();
  return rows.length;
}
