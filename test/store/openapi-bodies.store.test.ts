/** What is answered about a record is what the API document says of it: a client made from the document reads it all. */
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seed } from "../../src/seed/seed.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

interface Operation {
  parameters?: { in: string; name: string }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

let house: TestHouse;
let paths: Record<string, { get?: Operation }>;
let headers: { authorization: string };
let publicId: string;
let ajv: Ajv2020;

beforeAll(async () => {
  house = await openTestHouse();
  const document = (await house.app.inject("/api/openapi.json")).json();
  paths = document.paths;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: "document", components: document.components });
  const citizen = (await seed(house)).find(({ name }) => name === "Nguyễn Văn Mẫu");
  const payload = { login: citizen?.signIn, password: citizen?.password };
  const { token } = (await house.app.inject({ method: "POST", url: "/api/v1/session", payload })).json();
  headers = { authorization: `Bearer ${token}` };
  publicId = (await house.app.inject({ url: "/api/v1/me", headers })).json().publicId;
});
afterAll(() => house.close());

/** Faults of the answer against the schema that the document has for it. */
async function faultsOf(path: string, url: string): Promise<unknown> {
  const answer = await house.app.inject({ url, headers });
  const said = paths[path]?.get?.responses[answer.statusCode]?.content ?? {};
  const schema = said[String(answer.headers["content-type"]).split(";")[0] ?? ""]?.schema;
  if (!schema) return `${answer.statusCode} is not declared so`;
  const fits = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components')));
  return fits(answer.json()) ? [] : fits.errors;
}

const OWN = [
  ...["", "/benefits", "/cards", "/disputes", "/household", "/notices", "/papers", "/participation"],
  ...["/statements", "/visits", "/wards"],
].map((part) => `/api/v1/me${part}`);

/** Asks for a password again. */
const WITH_PROOF = "/api/v1/me/export";

describe("the answers about a record", () => {
  test("are all named here that need nothing but a sign-in", () => {
    const named = Object.keys(paths).filter((path) => /^\/api\/v1\/me(?:\/\w+)?$/.test(path) && paths[path]?.get);
    expect(named.toSorted()).toEqual([...OWN, WITH_PROOF].toSorted());
  });

  test.each(OWN)("%s", async (path) => {
    expect(await faultsOf(path, path)).toEqual([]);
  });

  test("one visit whole", async () => {
    const { visits } = (await house.app.inject({ url: "/api/v1/me/visits", headers })).json();
    expect(visits.length).toBeGreaterThan(0);
    for (const { id } of visits)
      expect(await faultsOf("/api/v1/me/visits/{id}", `/api/v1/me/visits/${id}`)).toEqual([]);
  });

  test.each(["/fhir/Coverage", "/fhir/ExplanationOfBenefit"])("%s", async (path) => {
    expect(await faultsOf(path, `${path}?patient=${publicId}`)).toEqual([]);
  });

  test("where there is a version, the document says that nothing may have changed", async () => {
    for (const path of OWN) {
      const { etag } = (await house.app.inject({ url: path, headers })).headers;
      const { parameters = [], responses } = paths[path]?.get ?? { responses: {} };
      const isSaid = [304 in responses, parameters.some(({ name }) => name === "if-none-match")];
      expect(isSaid, path).toEqual([etag !== undefined, etag !== undefined]);
      if (etag === undefined) continue;
      const again = await house.app.inject({ url: path, headers: { ...headers, "if-none-match": String(etag) } });
      expect([again.statusCode, again.body], path).toEqual([304, ""]);
    }
  });
});
