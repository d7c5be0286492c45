/** Every address at which anybody may type a number of ten or twelve digits, or a code, each as a program walks it. */
import { makeFileCode } from "../src/kernel/file-code.ts";
import { type Call, type Callers, harmAddress, inLanes, openForm } from "./abuse-callers.ts";
import { insuranceOf, insuranceOfNobody, personalIdOf } from "./abuse-store.ts";
import { OFFICE } from "./lives-stand.ts";

export interface Door {
  name: string;
  /** `typed`: what the answer may repeat. */
  ask(nth: number, isKnown: boolean): { call: Omit<Call, "from">; typed: string[] };
}

export interface Known {
  accounts: number;
  /** Of files that strangers declared. */
  codes: string[];
}

const GUESS = "mật khẩu đoán mà đủ dài";
const NEXT = "thuyền nan lướt qua năm bến";
const BIRTH = { birth_day: "1", birth_month: "1", birth_year: "1981" };

export async function doorsOf(via: Callers, known: Known, files: number): Promise<Door[]> {
  await inLanes(files, 8, async (nth) => known.codes.push(await declared(via, nth + 1)));
  const login = (nth: number, isKnown: boolean) =>
    isKnown ? insuranceOf(((nth - 1) % known.accounts) + 1) : insuranceOfNobody(nth);
  const personal = (nth: number, isKnown: boolean) =>
    isKnown ? personalIdOf(((nth - 1) % known.accounts) + 1) : `0529${String(nth).padStart(8, "0")}`;
  const code = (nth: number, isKnown: boolean) =>
    (isKnown && known.codes[nth % known.codes.length]) || makeFileCode(bytesOf(nth));
  const api = (name: string, path: string, value: typeof login, body: (typed: string) => object): Door => ({
    name,
    ask: (nth, isKnown) => {
      const typed = value(nth, isKnown);
      return { call: { path: path.replace("{}", typed), body: body(typed) }, typed: [typed] };
    },
  });
  return [
    api("sign-in", "/api/v1/session", login, (typed) => ({ login: typed, password: GUESS })),
    api("sign-in by personal number", "/api/v1/session", personal, (typed) => ({ login: typed, password: GUESS })),
    api("recovery", "/api/v1/account/recovery", login, (typed) => ({ login: typed, channel: "sms" })),
    api("recovery by mail", "/api/v1/account/recovery", personal, (typed) => ({ login: typed, channel: "email" })),
    api("a file", "/api/v1/declarations/{}/access", code, () => ({ birth: "1981-01-01" })),
    await page(via, "page of sign-in", "/sign-in", login, (typed) => ({ login: typed, password: GUESS, next: "" })),
    await page(via, "page of recovery", "/account/recovery", login, (typed) => ({ login: typed, channel: "sms" })),
    await page(via, "page of the authenticator", "/account/recovery/authenticator", login, (typed) => ({
      ...{ login: typed, newPassword: NEXT, code: "123456", nextCode: "654321" },
    })),
    await page(via, "page of a file", "/register/resume", code, (typed) => ({ code: typed, ...BIRTH })),
    await page(via, "page of a forgotten number", "/insurance-number", personal, (typed) => ({
      ...{ paper_kind: "cccd", paper_number: typed, full_name: "Nguyễn Thị Dò", ...BIRTH },
    })),
    await page(via, "page to stop a change", "/account/contact/stop", login, (typed) => ({
      login: typed,
      code: "12345678",
    })),
    await page(via, "page of an invitation", "/invitation", code, (typed) => ({ code: typed })),
    await page(via, "page of a letter", "/letter", code, (typed) => ({ key: typed })),
    await page(via, "page of a signed card", "/verify", login, (typed) => ({ code: typed })),
    await page(via, "help", "/help/request", login, (typed) => ({ code: typed, login: typed, birth: "1981-01-01" })),
  ];
}

/** One form, opened once: its token and its visitor's cookie are good from every address. */
async function page(
  via: Callers,
  name: string,
  path: string,
  value: (nth: number, isKnown: boolean) => string,
  form: (typed: string) => Record<string, string>,
): Promise<Door> {
  const at = path.startsWith("/help") ? "/help" : path;
  const { token, cookies } = await openForm(via, at, harmAddress(0));
  if (!token) throw new Error(`${at} has no form`);
  return {
    name,
    ask: (nth, isKnown) => {
      const typed = value(nth, isKnown);
      return { call: { path, form: { _token: token, ...form(typed) }, cookies }, typed: [typed] };
    },
  };
}

async function declared(via: Callers, nth: number): Promise<string> {
  const tail = String(nth).padStart(6, "0");
  const body = {
    ...{ for: "self", paper: { kind: "cccd", number: `052195${tail}` }, fullName: "Nguyễn Thị Kê", sex: 2 },
    ...{ birth: "1990-01-15", insuranceNumber: `5395${tail}`, phone: `0339${tail}`, email: null, officeCode: OFFICE },
    address: { communeCode: "21952", street: "12 Đường Thử" },
  };
  const { status, text } = await via.ask({ path: "/api/v1/declarations", from: harmAddress(nth), body });
  if (status !== 201) throw new Error(`declaring was answered ${status}: ${text}`);
  return (JSON.parse(text) as { code: string }).code;
}

function bytesOf(nth: number): Buffer {
  const bytes = Buffer.alloc(8, 0xa7);
  bytes.writeUInt32BE(nth, 2);
  return bytes;
}
