import { identify } from "../../account/identify.ts";
import { proveByPassword } from "../../account/proof.ts";
import { signIn } from "../../account/sign-in.ts";
import { beginAuthenticator, switchOnAuthenticator } from "../../factor/authenticator.ts";
import { digitsAt, stepOf } from "../../factor/rules-totp.ts";
import { becomesUser, type Fields } from "../acts.ts";
import type { Stage, Story } from "../story.ts";

/** Cô Mẫu teaches and has an authenticator switched on: after her password come six digits. */
const number = "9800000041";
const id = "099199000041";

const form: Fields = {
  paper_number: id,
  full_name: "Lương Thị Mẫu Giáo",
  sex: "2",
  birth_day: "20",
  birth_month: "11",
  birth_year: "1985",
  insurance_number: number,
  phone: "0999900041",
  email: "giao@example.vn",
};

export const teacher: Story = {
  persons: [
    `Lương Thị Mẫu Giáo,20/11/1985,2,${number},${id},15/08/2022,,,01,0999900041,"Thôn Mẫu 5, Xã Tuy Phước, Tỉnh Gia Lai"`,
  ],
  cards: [`${number},HC479${number},01/01/{year},31/12/{year},HC,4,52999,01/01/2020,valid`],
  async live(stage) {
    const account = await becomesUser(stage, form);
    await switchesAuthenticatorOn(stage, account);
    return {
      name: "Lương Thị Mẫu Giáo",
      part: "giáo viên, đã bật ứng dụng xác thực",
      hasDigits: true,
      signIn: account.login,
      password: account.password,
    };
  },
};

async function switchesAuthenticatorOn({ house }: Stage, account: { login: string; password: string }): Promise<void> {
  const now = house.clock.now();
  const session = await signIn(house, { ...account, kind: "bearer", device: "Trình duyệt mẫu", now });
  const citizen = await identify(house, { bearer: session.token });
  if (citizen.kind !== "citizen") throw new Error("a signed-in person is a citizen");
  await proveByPassword(house, citizen, account.password, now);
  const secret = await beginAuthenticator(house, citizen, now);
  // Of the step before: whoever looks at the demo at once can use the present digits.
  const code = digitsAt(secret, stepOf(now) - 1);
  await switchOnAuthenticator(house, citizen, { code, now });
}
