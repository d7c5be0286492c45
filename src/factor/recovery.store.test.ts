import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, countNotices, enter, firstChoice, hoaEmail, hoaNumbers } from "../account/account.fixture.ts";
import { changePassword } from "../account/change-password.ts";
import { identify } from "../account/identify.ts";
import { ways } from "../account/rules-ways.ts";
import { signIn } from "../account/sign-in.ts";
import { createApp } from "../app.ts";
import { giveHerAuthenticator, giveHerPasskey, keyOf, later, newDevice, provedHoa } from "./factor.fixture.ts";
import { askForPasskey } from "./passkey-ask.ts";
import { signInByPasskey } from "./passkey-proof.ts";
import { recoverByTotp, type TotpRecovery } from "./recover-totp.ts";
import { digitsAt, stepOf } from "./rules-totp.ts";

/** One story in one house: every test begins where the one before it ended. */
let house: TestHouse;
let secret: string;
let spare: string[];
let session: string;
const stranger = "9999999999";
const chosen = ["mưa rào gõ mái tôn lộp độp", "cây khế ngọt sau vườn ông Tư", "đò ngang chở nắng sang sông"] as const;

beforeAll(async () => {
  house = await openTestHouse();
  const { citizen, token } = await provedHoa(house, hoaEmail);
  ({ secret, spare } = await giveHerAuthenticator(house, citizen));
  session = token;
  later(house, 10 * 60_000);
});
afterAll(() => house.close());

const digits = (stepsOn = 0) => digitsAt(secret, stepOf(house.clock.now()) + stepsOn);
const wrong = (six: string) => String((Number(six) + 1) % 1e6).padStart(6, "0");
const recover = (some: Partial<TotpRecovery> = {}) =>
  recoverByTotp(house, {
    login: hoaNumbers.insurance,
    code: digits(-1),
    nextCode: digits(),
    newPassword: chosen[0],
    now: house.clock.now(),
    ...some,
  });

describe("R34, T10: a password set anew by authenticator", () => {
  it("takes two codes in a row; of a number that nobody has, of one code and of strange ones the same is said", async () => {
    const said = await Promise.all([
      keyOf(recover({ login: stranger })),
      keyOf(recover({ code: digits(-3), nextCode: digits() })),
      keyOf(recover({ nextCode: wrong(digits()) })),
      keyOf(recover({ code: "abcde-fghjk", nextCode: "" })),
    ]);
    expect(new Set(said)).toEqual(new Set(["totp_recovery_wrong"]));
    expect(await keyOf(recover({ nextCode: "" }))).toBe("next_shape");
  });

  it("does not spend the codes on a new password that is refused", async () => {
    for (let n = 0; n < 6; n += 1)
      expect(await keyOf(recover({ newPassword: firstChoice }))).toBe("password_used_before");
  });

  it("opens once of two at the same moment, ends every session, and is told to telephone and e-mail", async () => {
    const told = await countNotices(house, "password_changed");
    const both = await Promise.all([keyOf(recover()), keyOf(recover({ newPassword: chosen[1] }))]);
    expect(both.filter((one) => one === "right")).toHaveLength(1);
    expect(await identify(house, { cookie: session })).toEqual({ kind: "anyone" });
    expect(await countNotices(house, "password_changed")).toBe(told + 2);
    expect(await keyOf(recover({ newPassword: chosen[2] })), "the same codes again").toBe("totp_recovery_wrong");
  });

  it("is no way round the authenticator at the sign-in, and leaves no limit behind", async () => {
    later(house, 60_000);
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("wrong_login");
    await keyOf(recover({ newPassword: chosen[2] }));
    expect(await keyOf(enter(house, hoaNumbers.insurance, chosen[2]))).toBe("second_factor_needed");
    const row = await house.db.selectFrom("account").select("limited_until").executeTakeFirstOrThrow();
    expect(row.limited_until).toBeNull();
  });

  it("takes a spare code once instead", async () => {
    const asked = { code: spare[0] ?? "", nextCode: "", newPassword: "gió chướng thổi qua hàng dừa" };
    expect(await keyOf(recover(asked))).toBe("right");
    expect(await keyOf(recover({ ...asked, newPassword: "bếp lửa hồng đêm ba mươi" }))).toBe("totp_recovery_wrong");
  });

  it("C15: looks at five tries a number and then at none for a quarter of an hour, known or not", async () => {
    later(house, 60_000);
    expect(await keyOf(recover({ newPassword: "bếp lửa hồng đêm ba mươi" })), "counts anew from here").toBe("right");
    for (const login of [hoaNumbers.insurance, "8888888888"]) {
      later(house, 16 * 60_000);
      const tries = [];
      for (let n = 0; n < 6; n += 1) tries.push(await keyOf(recover({ login, code: "000000", nextCode: "000000" })));
      expect(tries).toEqual([...Array.from({ length: 4 }, () => "totp_recovery_wrong"), "locked", "locked"]);
      expect(await keyOf(recover({ login }))).toBe("locked");
    }
  });
});

describe("the ways back in", () => {
  it("by passkey: signs in with nothing typed and sets a password without the old one", async () => {
    later(house, 16 * 60_000);
    const code = spare[1] ?? "";
    await recover({ code, nextCode: "", newPassword: "trăng non soi bóng giếng làng" });
    later(house, 60_000);
    const opened = await signIn(house, {
      login: hoaNumbers.insurance,
      password: "trăng non soi bóng giếng làng",
      code: digits(),
      kind: "cookie",
      device: "",
      now: house.clock.now(),
    });
    const device = newDevice(house);
    await giveHerPasskey(house, await citizenOf(house, opened.token), device);
    const now = house.clock.now();
    const asked = await askForPasskey(house, { purpose: "sign_in", boundTo: "browser", now });
    const response = device.sign(asked);
    const { token } = await signInByPasskey(house, { response, boundTo: "browser", kind: "cookie", device: "", now });
    const change = { currentPassword: "", newPassword: "thuyền nan lướt qua bốn bến", lang: "vi", now } as const;
    expect(await keyOf(changePassword(house, await citizenOf(house, token), change))).toBe("right");
  });

  it("are each named on the page of a forgotten password, and each own page opens with a warning of fraud", async () => {
    const app = await createApp(house);
    const shown = await app.inject({ url: "/account/recovery" });
    for (const way of ways) {
      if (way.how === "code") expect(shown.body).toContain(`value="${way.name}"`);
      if (way.how !== "own_page") continue;
      expect(shown.body).toContain(`href="${way.at}"`);
      const own = await app.inject({ url: way.at });
      expect([own.statusCode, own.body.includes("Cảnh giác lừa đảo")]).toEqual([200, true]);
    }
    expect(shown.body).toContain("Đến quầy BHXH");
    await app.close();
  });
});
