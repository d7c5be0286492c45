import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { alarmNumbers } from "../promise/metrics.ts";
import { guessAlarm } from "./rules.ts";
import { guessesOf } from "./tally.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("R22: what leads nowhere at a door that tells is counted, and from a hundred on raises the alarm", async () => {
  const ask = (url: string, payload: object) => house.app.inject({ method: "POST", url, payload });
  await house.app.inject("/help");
  await ask("/api/v1/session", { login: "7199999999", password: "không đúng mà đủ dài" });
  await ask("/api/v1/account/recovery", { login: "7199999999", channel: "sms" });
  expect(guessesOf(house)).toEqual({ asked: 2, missed: 2 });
  expect((await alarmNumbers(house)).guessing).toBe(0);
  const { missed } = guessAlarm.values[0]?.value ?? { missed: 0 };
  const address = (n: number) => `10.2.${n % 4}.1`;
  for (let n = 2; n < missed; n += 1) {
    const remoteAddress = address(n);
    await house.app.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login: "x", password: "y" },
      remoteAddress,
    });
  }
  expect((await alarmNumbers(house)).guessing).toBe(1);
});
