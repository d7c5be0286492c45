import type { TestHouse } from "../../test/house.ts";
import { raise } from "../account/proof.ts";
import { provedHoa } from "../factor/factor.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import type { TemplateName } from "../notices/rules-templates.ts";
import { openSecrets } from "../notices/secrets.ts";
import { renderSms } from "../notices/templates.ts";
import { hired } from "../staff-factor/staff.fixture.ts";

/** Hòa, proved in two ways, and the messages of a change of contact. */

export async function twiceProvedHoa(house: TestHouse, email?: string) {
  const settled = await provedHoa(house, email);
  await raise(house.db, settled.citizen, "code", house.clock.now());
  return settled;
}

/** The code of the newest message of that template, as its reader sees it. */
export async function codeIn(house: TestHouse, template: "one_time_code" | "contact_changing"): Promise<string> {
  const notice = await house.db
    .selectFrom("notice")
    .selectAll()
    .where("template", "=", template)
    .orderBy("notice_id", "desc")
    .executeTakeFirstOrThrow();
  return openSecrets(house.vault, notice.dedupe_key, notice.sealed_fields ?? Buffer.alloc(0)).code ?? "";
}

/** The texts that went to a telephone, as it shows them, oldest first. */
export async function saidIn(house: TestHouse, phone: string): Promise<string[]> {
  const rows = await house.db
    .selectFrom("notice")
    .selectAll()
    .where("recipient", "=", phone)
    .where("channel", "=", "sms")
    .orderBy("notice_id")
    .execute();
  return rows.map(({ template, lang, fields, dedupe_key: key, sealed_fields: sealed }) => {
    const secrets = sealed ? openSecrets(house.vault, key, sealed) : {};
    const values = { ...(fields as Record<string, string>), ...secrets };
    return renderSms(template as TemplateName, lang === "en" ? "en" : "vi", values);
  });
}

/** Where messages of that template went, oldest first. */
export async function toldTo(house: TestHouse, template: string): Promise<string[]> {
  const rows = await house.db
    .selectFrom("notice")
    .select("recipient")
    .where("template", "=", template)
    .orderBy("notice_id")
    .execute();
  return rows.map(({ recipient }) => recipient);
}

export async function seat(
  house: TestHouse,
  username: string,
  role: "officer" | "supervisor",
  nth = 0,
): Promise<{ staff: Staff; officeCode: string; token: string }> {
  const offices = await house.db
    .selectFrom("bhxh_office")
    .select("office_code")
    .orderBy("office_code")
    .limit(2)
    .execute();
  const officeCode = offices[nth]?.office_code ?? "";
  const member = { username, name: `Cán bộ ${username}`, role, office: officeCode };
  const { staff, token } = await hired(house, member);
  return { staff, officeCode, token };
}
