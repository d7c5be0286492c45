import type { APIResponse, Page } from "@playwright/test";
import { expect, officeCode } from "../fixtures.ts";
import type { Declarant } from "./people.ts";

/** What happened before a story begins: by the API, in the same system. */

/** Form 01 declared and confirmed; its code. */
export function hasConfirmed(page: Page, person: Declarant): Promise<string> {
  return confirmed(page, declarationOf(person));
}

/** The same for a child, by its parent. */
export function hasConfirmedFor(page: Page, child: Declarant, declarer: string): Promise<string> {
  return confirmed(page, { ...declarationOf(child), for: "child", declarer });
}

async function confirmed(page: Page, declaration: object): Promise<string> {
  const drafted = await page.request.post("/api/v1/declarations", { data: declaration });
  const { code, accessToken } = await bodyOf<{ code: string; accessToken: string }>(drafted);
  const headers = { "x-file-token": accessToken };
  await bodyOf(await page.request.post(`/api/v1/declarations/${code}/confirmation`, { headers, data: {} }));
  return code;
}

/** The signed form and the paper were handed to the officer who sits at `desk`. */
export async function hasHandedIn(desk: Page, person: Declarant): Promise<string> {
  const code = await hasConfirmed(desk, person);
  const { name, idNumber } = person;
  const paper = { kind: "cccd", number: idNumber, name, birth: isoBirth(person) };
  const data = { paper, originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
  await bodyOf(await desk.request.post(`/api/v1/declarations/${code}/reception`, { data }));
  return code;
}

export async function hasAccount(desk: Page, person: Declarant): Promise<void> {
  const code = await hasHandedIn(desk, person);
  await bodyOf(await desk.request.post(`/api/v1/declarations/${code}/acceptance`, { data: {} }));
}

function declarationOf(person: Declarant): object {
  return {
    for: "self",
    paper: { kind: "cccd", number: person.idNumber },
    fullName: person.name,
    sex: person.sex === "Nam" ? 1 : 2,
    birth: isoBirth(person),
    insuranceNumber: person.insuranceNumber,
    phone: person.phone,
    ...(person.email ? { email: person.email } : {}),
    address: { communeCode: "21952", street: "Thôn Mẫu 2" },
    officeCode,
  };
}

function isoBirth({ birth: [day, month, year] }: Declarant): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

async function bodyOf<T>(answer: APIResponse): Promise<T> {
  expect(answer.ok(), `${answer.url()}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}
