import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import type { Declarant } from "./people.ts";

/** Form 01 as a person goes through it: one question a page, by what stands on the page. */
export const office = "Bảo hiểm xã hội cơ sở Tuy Phước";
const province = "Tỉnh Gia Lai";
const commune = "Xã Tuy Phước";
const questions = 9;

export const next = (page: Page) => page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** The label lies over the whole choice: that is what a finger meets. */
export async function tick(box: Locator): Promise<void> {
  await box
    .page()
    .locator(`label[for="${await box.getAttribute("id")}"]`)
    .click();
  await expect(box).toBeChecked();
}

export async function isAtQuestion(page: Page, number: number, title: string): Promise<void> {
  await expect(heading(page, title)).toBeVisible();
  await expect(page.getByText(`Câu ${number} trên ${questions}`)).toBeVisible();
}

/** The pages in their order; each fills in one and goes on. */
export const answer = {
  async who(page: Page): Promise<void> {
    await page.goto("/");
    await page.getByRole("link", { name: "Đăng ký tài khoản" }).click();
    await isAtQuestion(page, 1, "Ông/Bà đăng ký cho ai?");
    await tick(page.getByRole("radio", { name: "Cho tôi", exact: true }));
    await next(page);
  },
  async paper(page: Page, { idNumber }: Declarant): Promise<void> {
    await isAtQuestion(page, 2, "Giấy tờ tùy thân");
    await tick(page.getByRole("radio", { name: "Căn cước hoặc căn cước công dân" }));
    await page.getByLabel("Số giấy tờ").fill(idNumber);
    await fillDate(page, ["15", "8", "2022"]);
    await page.getByLabel("Nơi cấp").fill("Cục Cảnh sát QLHC về TTXH");
    await next(page);
  },
  async name(page: Page, { name, sex }: Declarant): Promise<void> {
    await isAtQuestion(page, 3, "Họ tên và giới tính");
    await page.getByLabel("Họ và tên").fill(name);
    await tick(page.getByRole("radio", { name: sex, exact: true }));
    await next(page);
  },
  async birth(page: Page, { birth }: Declarant): Promise<void> {
    await isAtQuestion(page, 4, "Ngày sinh");
    await fillDate(page, birth);
    await next(page);
  },
  async insurance(page: Page, { insuranceNumber }: Declarant): Promise<void> {
    await isAtQuestion(page, 5, "Mã số BHXH");
    await page.getByLabel("Mã số BHXH").fill(insuranceNumber);
    await next(page);
  },
  /** Goes on without the code; pages/contact.ts proves a number. */
  async phone(page: Page, { phone }: Pick<Declarant, "phone">): Promise<void> {
    await isAtQuestion(page, 6, "Số điện thoại di động");
    await page.getByLabel("Số điện thoại di động").fill(phone);
    await page.getByRole("button", { name: "Tôi chưa nhận mã lúc này" }).click();
  },
  async email(page: Page, { email = "" }: Pick<Declarant, "email">): Promise<void> {
    await isAtQuestion(page, 7, "Địa chỉ thư điện tử");
    await page.getByLabel("Địa chỉ thư điện tử").fill(email);
    await next(page);
  },
  async address(page: Page): Promise<void> {
    await isAtQuestion(page, 8, "Địa chỉ liên hệ");
    await page.getByLabel("Tỉnh hoặc thành phố").selectOption({ label: province });
    await page.getByRole("button", { name: "Chọn tỉnh này" }).click();
    await page.getByLabel("Xã, phường hoặc đặc khu").selectOption({ label: commune });
    await page.getByLabel("Số nhà, tên đường, thôn hoặc tổ dân phố").fill("Thôn Mẫu 3");
    await next(page);
  },
  async office(page: Page): Promise<void> {
    await isAtQuestion(page, 9, "Nơi nộp hồ sơ");
    await expect(page.getByRole("radio", { name: office })).toBeChecked();
    await next(page);
  },
} as const;

export type Question = keyof typeof answer;

/** Answers the questions from the first to the one before `upTo`; without it, to the check of all answers. */
export async function answerAll(page: Page, person: Declarant, upTo?: Question): Promise<void> {
  await answerFrom(page, person, "who", upTo);
}

/** The same, beginning at a question that is open. */
export async function answerFrom(page: Page, person: Declarant, from: Question, upTo?: Question): Promise<void> {
  const questions = Object.keys(answer) as Question[];
  for (const question of questions.slice(questions.indexOf(from))) {
    if (question === upTo) return;
    await answer[question](page, person);
  }
  await expect(heading(page, "Kiểm tra trước khi xác nhận")).toBeVisible();
}

/** Presses the last button; answers with the code that the receipt shows. */
export async function confirm(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Xác nhận và lấy mã" }).click();
  await expect(heading(page, "Đã xác nhận tờ khai")).toBeVisible();
  return codeOn(page);
}

export async function codeOn(page: Page): Promise<string> {
  const code = /BD-\w{4}-\w{4}/.exec((await page.getByRole("main").textContent()) ?? "")?.[0];
  if (!code) throw new Error("this page shows no code");
  return code;
}

/** The three boxes of the only date on a page; nothing but digits stands in them before. */
export async function fillDate(page: Page, typed: Declarant["birth"]): Promise<void> {
  for (const [at, label] of ["Ngày", "Tháng", "Năm"].entries()) {
    const box = page.getByLabel(label, { exact: true });
    await expect(box).toHaveValue(/^\d*$/);
    await box.fill(typed[at] ?? "");
  }
}

/** Opens a file again on any device: two fields. */
export async function resume(page: Page, code: string, { birth }: Pick<Declarant, "birth">): Promise<void> {
  await page.goto("/register/resume");
  await page.getByLabel("Mã tờ khai").fill(code);
  await fillDate(page, birth);
  await page.getByRole("button", { name: "Mở tờ khai" }).click();
}
