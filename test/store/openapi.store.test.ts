import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { staffSignIn } from "../../src/account/staff-sign-in.ts";
import { demoDigits } from "../../src/seed/demo-digits.ts";
import { seed } from "../../src/seed/seed.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  $ref?: string;
}
interface Operation {
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, Schema> };
}

let house: TestHouse;
let document: Document;
/** Everybody who may ask: nobody, a citizen, an officer. */
const tokens: Record<string, string | undefined> = { stranger: undefined };
beforeAll(async () => {
  house = await openTestHouse();
  document = (await house.app.inject("/api/openapi.json")).json();
  const cast = await seed(house);
  tokens.citizen = await citizenToken(cast.find(({ name }) => name === "Nguyễn Văn Mẫu"));
  tokens.officer = await officerToken(cast.find(({ signIn }) => signIn === "canbo.tuyphuoc"));
});
afterAll(() => house.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

const CONTRACT = [
  "POST /api/v1/declarations",
  "GET /api/v1/declarations/{code}",
  "POST /api/v1/declarations/{code}/confirmation",
  "POST /api/v1/declarations/{code}/withdrawal",
  "GET /api/v1/declarations/{code}/form.pdf",
  "POST /api/v1/declarations/{code}/reception",
  "POST /api/v1/declarations/{code}/acceptance",
  "POST /api/v1/declarations/{code}/refusal",
  "POST /api/v1/session",
  "DELETE /api/v1/session",
  "PUT /api/v1/account/password",
  "POST /api/v1/account/recovery",
  "GET /api/v1/me",
  "GET /api/v1/me/cards",
  "GET /api/v1/me/participation",
  "GET /api/v1/me/benefits",
  "GET /api/v1/me/visits",
  "GET /api/v1/me/visits/{id}",
  "POST /api/v1/me/disputes",
  "GET /fhir/Patient/{id}",
  "GET /fhir/Coverage",
  "GET /fhir/ExplanationOfBenefit",
];

describe("the API document", () => {
  test("is OpenAPI 3.1 and names every address of the contract", () => {
    expect(document.openapi).toMatch(/^3\.1/);
    expect(operations().map(({ method, path }) => `${method} ${path}`)).toEqual(expect.arrayContaining(CONTRACT));
  });

  test("says in a sentence what each operation does, and what it answers", () => {
    for (const { path, method, operation } of operations()) {
      expect(operation.summary, `${method} ${path}`).toBeTruthy();
      expect(
        Object.keys(operation.responses).some((status) => /^2/.test(status)),
        `${method} ${path}`,
      ).toBe(true);
    }
  });
});

describe("what a program has to send", () => {
  const named = (method: string, path: string) =>
    (document.paths[path]?.[method.toLowerCase()]?.parameters ?? []).map((one) => `${one.in} ${one.name}`);

  test("is said of the token of a file, wherever one opens it and nowhere else", () => {
    const takesToken = operations()
      .filter(({ method, path }) => named(method, path).includes("header x-file-token"))
      .map(({ method, path }) => `${method} ${path.replace("/api/v1/declarations/{code}", "")}`);
    expect(takesToken.toSorted()).toEqual([
      "GET ",
      "GET /form.pdf",
      "POST /confirmation",
      "POST /consent",
      "POST /consent-code",
      "POST /email-code",
      "POST /email-confirmation",
      "POST /phone-code",
      "POST /phone-confirmation",
      "POST /redeclaration",
      "POST /withdrawal",
    ]);
  });

  test("is said of a gateway's report as one query of any names, never by the words of a schema", () => {
    const [query] = (document.paths["/api/v1/hooks/sms/{provider}/{token}"]?.get?.parameters ?? []).filter(
      (one) => one.in === "query",
    );
    expect(named("GET", "/api/v1/hooks/sms/{provider}/{token}").toSorted()).toEqual([
      ...["path provider", "path token", "query fields"],
    ]);
    expect(query).toMatchObject({ schema: { type: "object", additionalProperties: { type: "string" } } });
  });
});

describe("the kinds of what is sent and answered", () => {
  test("a facility's file is its body, and what /api refuses a problem document", () => {
    const body = document.paths["/api/v1/facility/uploads"]?.post?.requestBody;
    expect(Object.keys(body?.content ?? {})).toEqual(["application/xml", "text/xml", "application/octet-stream"]);
    for (const { path, method, operation } of operations().filter(({ path: one }) => one.startsWith("/api/"))) {
      const refusal = operation.responses["4XX"];
      expect(Object.keys(refusal?.content ?? {}), `${method} ${path}`).toEqual(["application/problem+json"]);
    }
  });

  test("what is answered as PDF, CSV or FHIR is said to be, and all else JSON", () => {
    const others = operations()
      .flatMap(({ method, path, operation }) => saidTypes(operation).map((type) => `${method} ${path} ${type}`))
      .filter((one) => !one.endsWith(" application/json"));
    const fhir = ["Coverage", "Coverage/{id}", "ExplanationOfBenefit", "ExplanationOfBenefit/{id}", "Patient/{id}"];
    expect(others.toSorted()).toEqual([
      "GET /api/v1/declarations/{code}/form.pdf application/pdf",
      "GET /api/v1/facility/uploads/{id}/rejects text/csv",
      "GET /api/v1/me/statements/{kind}.csv text/csv",
      ...fhir.map((one) => `GET /fhir/${one} application/fhir+json`),
      "POST /api/v1/me/statements application/pdf",
    ]);
  });

  test.each([
    ["POST", "/api/v1/me/statements", "/api/v1/me/statements", { kind: "participation" }],
    ["GET", "/api/v1/me/statements/{kind}.csv", "/api/v1/me/statements/participation.csv"],
    ["GET", "/fhir/Coverage", "/fhir/Coverage?patient=ME"],
    ["GET", "/fhir/Patient/{id}", "/fhir/Patient/ME"],
    ["GET", "/api/v1/me/cards", "/api/v1/me/cards"],
  ])("%s %s is answered as the document says", async (method, path, url, payload?: object) => {
    const headers = { authorization: `Bearer ${tokens.citizen}` };
    const { publicId } = (await house.app.inject({ url: "/api/v1/me", headers })).json();
    const asked = { method: method as "GET", url: url.replace("ME", publicId), headers };
    const answer = await house.app.inject(payload ? { ...asked, payload } : asked);
    expect(answer.statusCode, answer.body.slice(0, 200)).toBeLessThan(300);
    const said = document.paths[path]?.[method.toLowerCase()];
    expect(Object.keys(said?.responses[answer.statusCode]?.content ?? {})).toEqual([typeOf(answer)]);
  });
});

test("the cookie of a session is called as it is set: over TLS with the prefix of this host alone", async () => {
  const overTls = await openTestHouse({ settings: { baseUrl: "https://vssid.example" } });
  const { components } = (await overTls.app.inject("/api/openapi.json")).json();
  expect(components.securitySchemes.cookie.name).toBe("__Host-vssid_session");
  await overTls.close();
});

describe("every operation of the document", () => {
  test("that needs a sign-in answers a stranger 401 as a problem document", async () => {
    for (const { path, method, operation } of operations().filter(({ operation: { security } }) => security)) {
      const answer = await call(method, path, operation, {});
      expect(answer.statusCode, `${method} ${path}`).toBe(401);
      expect(answer.headers["content-type"], `${method} ${path}`).toContain("application/problem+json");
    }
  });

  test.each(["stranger", "citizen", "officer"])(
    "answers a %s without a fault of ours, whatever fits or does not fit its schema",
    {
      timeout: 120_000,
    },
    async (who) => {
      for (const { path, method, operation } of operations().filter(({ method, path }) => !endsSession(method, path))) {
        const schema = operation.requestBody?.content["application/json"]?.schema;
        const bodies = fc.sample(schema ? fc.oneof(fromSchema(schema), hostile) : fc.constant(undefined), {
          numRuns: 12,
          seed: 42,
        });
        for (const body of bodies) {
          const answer = await call(method, path, operation, body, tokens[who]);
          expect(answer.statusCode, `${method} ${path} ${JSON.stringify(body)?.slice(0, 200)}`).toBeLessThan(500);
          const said = saidOf(operation, answer.statusCode);
          if (answer.body) expect(said, `${method} ${path} ${answer.statusCode}`).toContain(typeOf(answer));
        }
      }
    },
  );
});

/** Types of what is answered where nothing was refused. */
const saidTypes = ({ responses }: Operation) =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, { content = {} }]) => Object.keys(content));

/** A refusal may be the common one, or the address's own. */
function saidOf({ responses }: Operation, status: number): string[] {
  const refusal = status >= 400 ? responses["4XX"] : undefined;
  return [responses[status], refusal].flatMap((one) => Object.keys(one?.content ?? {}));
}

const typeOf = ({ headers }: { headers: Record<string, unknown> }) => String(headers["content-type"]).split(";")[0];

interface Account {
  signIn: string;
  password: string;
}

async function citizenToken(account: Account | undefined): Promise<string> {
  const payload = { login: account?.signIn, password: account?.password };
  return (await house.app.inject({ method: "POST", url: "/api/v1/session", payload })).json().token;
}

async function officerToken(account: Account | undefined): Promise<string> {
  const username = account?.signIn ?? "";
  const code = await demoDigits(house, username);
  const asked = { username, password: account?.password ?? "", code, device: "", now: house.clock.now() };
  return (await staffSignIn(house, asked)).token;
}

async function call(method: string, path: string, operation: Operation, body: unknown, token?: string) {
  const url = path.replace(/\{\w+\}/g, "BD-2222-2222");
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === "query" && one.required)
    .map(({ name }) => `${name}=x`);
  return house.app.inject({
    method: method as "GET",
    url: query.length ? `${url}?${query.join("&")}` : url,
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    ...(method === "GET" || method === "DELETE" || body === undefined ? {} : { payload: body as object }),
  });
}

/** Signing out ends the token of the walk; it has its own tests. */
const endsSession = (method: string, path: string) => method === "DELETE" && path === "/api/v1/session";

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => (value === null || typeof value !== "object" ? { value } : value)),
  fc.constant({ login: "0'; drop table person; --", password: "\u0000" }),
  fc.constant({ __proto__: { admin: true }, constructor: "x" }),
);

/** Bodies that fit the schema by shape (formats and patterns apart). */
function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return fromSchema(document.components.schemas?.[schema.$ref.split("/").at(-1) ?? ""] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(fromSchema));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object") {
    const fields = Object.entries(schema.properties ?? {}).map(([name, of]) => [name, fromSchema(of)] as const);
    return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
  }
  if (type === "array") return fc.array(fromSchema(schema.items ?? {}), { maxLength: 3 });
  if (type === "integer" || type === "number") return fc.integer({ min: 0, max: 3000 });
  if (type === "boolean") return fc.boolean();
  return fc.oneof(
    fc.string(),
    fc.constantFrom("Nguyễn Văn An", "0123456789", "1990-01-15", "BD-4F7K-92QX", "0912345678"),
  );
}
