/** One made-up record and its pages, asked by four people: the pages of a record are tested by subject on one house. */
import type { FastifyInstance } from "fastify";
import { expect } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { routes as benefitPages } from "../benefits/citizen.tsx";
import { routes as paperPages } from "../benefits/papers.tsx";
import { routes as cardPages } from "../card/citizen.tsx";
import { routes as disputePages } from "../dispute/citizen.tsx";
import { routes as participationPages } from "../participation/citizen.tsx";
import { routes as visitPages } from "../visits/citizen.tsx";
import { routes } from "./citizen.tsx";
import {
  addBenefit,
  addCard,
  addFacility,
  addNumber,
  addPaper,
  addPeriod,
  addPerson,
  addVisit,
  type MadeUpPerson,
} from "./person.fixture.ts";
import { as, openWeb } from "./signed-in.fixture.ts";

export interface RecordStage {
  house: TestHouse;
  web: FastifyInstance;
  full: MadeUpPerson;
  visitId: string;
  sensitiveId: string;
  oddId: string;
  /** 0 the person · 1 somebody without anything · 2 a soldier · 3 a guardian of the first. */
  html(url: string, who?: number, expected?: number): Promise<string>;
  close(): Promise<void>;
}

export async function openRecord(): Promise<RecordStage> {
  const house = await openTestHouse();
  await addFacility(house.db);
  const full = await addPerson(house.db);
  const empty = await addPerson(house.db, { full_name: "Ngô Văn Trống" });
  const soldier = await addPerson(house.db, { full_name: "Đỗ Quân Mẫu", managed_by: "defence" });
  const { personId } = full;
  const visits = await fillRecord(house, full, soldier);
  const ward = { personId, publicId: "w", name: "x", relation: "mother", until: undefined, hidesSensitive: true };
  const guardian = { ...empty.citizen, actingFor: ward };
  const web = await openWeb(
    house,
    [...routes, ...cardPages, ...participationPages, ...benefitPages, ...paperPages, ...visitPages, ...disputePages],
    [full.citizen, empty.citizen, soldier.citizen, guardian],
  );
  return {
    ...{ house, web, full, ...visits },
    async html(url, who = 0, expected = 200) {
      const reply = await web.inject({ url, headers: as(who) });
      expect(reply.statusCode).toBe(expected);
      return reply.body;
    },
    async close() {
      await web.close();
      await flushLooks(house);
      await house.close();
    },
  };
}

async function fillRecord(house: TestHouse, full: MadeUpPerson, soldier: MadeUpPerson) {
  const { personId } = full;
  await addNumber(house.db, personId, "bhxh", "9912345678");
  await addNumber(house.db, personId, "personal_id", "099190000123");
  await addCard(house.db, personId);
  await addCard(house.db, soldier.personId, { card_number: "QN5990000000099", form: "card15", object_group: "QN" });
  await addCard(house.db, personId, {
    card_number: "DN4999912345678",
    form: "card15",
    valid_from: "2020-01-01",
    valid_to: "2020-12-31",
    status: "replaced",
  });
  await addPeriod(house.db, personId, "2013-05", "2019-12");
  await addPeriod(house.db, personId, "2020-04", "2025-06", { unit_code: "XX0002B", unit_name: "Xí nghiệp Mẫu Hai" });
  await addPeriod(house.db, personId, "2025-07", "2025-09", {
    unit_code: "XX0002B",
    unit_name: "Xí nghiệp Mẫu Hai",
    status: "unpaid",
  });
  await addPeriod(house.db, personId, "2025-10", "2026-10", { unit_code: "XX0002B", unit_name: "Xí nghiệp Mẫu Hai" });
  await addPeriod(house.db, personId, "2014-01", "2026-10", { fund: "bhyt", contribution_base: null, salary: null });
  await addBenefit(house.db, personId);
  await addBenefit(house.db, personId, {
    kind: "monthly",
    decision_no: "7/2026",
    from_on: "2026-01-01",
    to_on: null,
    regime: "Trợ cấp tai nạn lao động",
    amount: "1750000",
    bank_name: "Ngân hàng Mẫu",
    bank_account_tail: "0123",
  });
  await addBenefit(house.db, personId, {
    decision_no: "9/2026",
    from_on: "2026-11-02",
    to_on: "2026-11-03",
    status: "decided",
  });
  await addPaper(house.db, personId, { from_on: "2026-11-16", to_on: "2026-11-20", serial: "GN-01" });
  await addPaper(house.db, personId, { from_on: "2026-03-02", to_on: "2026-03-06", serial: "GN-02" });
  await addPaper(house.db, personId, {
    ...{ kind: "CT04", serial: "TT-03", is_sensitive: true, diagnosis: "Rối loạn lo âu" },
  });
  await addHousehold(house, personId);
  const visitId = await addVisit(house.db, personId, "2026-11-20 08:20:00");
  await addVisit(house.db, personId, "2026-07-02 07:05:00", {
    main_code: "J06.9",
    diagnosis: "Viêm đường hô hấp trên",
    total: "212000",
    fund_paid: "169600",
    co_paid: "42400",
    self_paid: "0",
    declared: "{}",
  });
  const sensitiveId = await addVisit(house.db, personId, "2026-03-03 09:00:00", {
    is_sensitive: true,
    main_code: "F32",
    diagnosis: "Giai đoạn trầm cảm",
  });
  const oddId = await addVisit(house.db, personId, "2025-02-02 09:00:00", {
    declared: '{"total":"800000"}',
    flags: '[["date_order"]]',
    spec: "4210",
  });
  return { visitId, sensitiveId, oddId };
}

async function addHousehold(house: TestHouse, personId: string): Promise<void> {
  await house.db
    .insertInto("person_household")
    .values(
      [
        { member_no: 1, full_name: "Trần Thị Mẫu Đơn", relation: null, is_self: true },
        { member_no: 2, full_name: "Lê Văn Mẫu Con", relation: "Con", is_self: false },
      ].map((member) => ({ ...member, person_id: personId, household_code: "HGD-99", source_file_id: 1 })),
    )
    .execute();
}

/** What a reader sees: no tags, no styles, single spaces. */
export const textOf = (body: string) =>
  body
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/[\s\u00a0]+/g, " ");
