import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { find, receive, sitDown } from "../pages/counter.ts";
import { heading, resume } from "../pages/declare.ts";
import { hire, known, lineOf, mover, traveller } from "../pages/desk.ts";
import { isPlainSms, textTo } from "../pages/messages.ts";

const there = "52T02";

test("a form that was declared for the wrong office is handed over: the other office sees it, this one keeps the line, the person is told", async ({
  app,
  browser,
  page,
}) => {
  await known(app, mover);
  const desk = await sitDown(browser, await hire(app, "officer"));
  const other = await sitDown(browser, await hire(app, "officer", there));
  const code = await hasConfirmed(desk, mover);
  await find(desk, code, mover.name);
  await desk.getByRole("link", { name: "Chuyển cơ quan khác" }).click();
  await desk.getByRole("button", { name: "Chuyển hồ sơ" }).click();
  await expect(desk.getByRole("alert")).toContainText("Chọn cơ quan nhận.");
  await desk.getByLabel("Cơ quan nhận").selectOption({ label: "Bảo hiểm xã hội cơ sở Quy Nhơn" });
  await desk.getByLabel("Lý do").fill("Người khai đã chuyển về Quy Nhơn");
  await desk.getByRole("button", { name: "Chuyển hồ sơ" }).click();
  await expect(lineOf(desk, code)).toContainText("Người khai đã chuyển về Quy Nhơn");
  await expect(desk.getByRole("main")).not.toContainText(mover.name);
  expect((await desk.request.get(`/console/files/${code}`)).status()).toBe(404);
  const sms = await textTo(app, mover, /da chuyen noi nop/);
  isPlainSms(sms);
  expect(sms.text).toContain("Quy Nhon");
  await resume(page, code, mover);
  await expect(page.getByRole("main")).toContainText("Bảo hiểm xã hội cơ sở Quy Nhơn");
  await page.goto("/register/track");
  await expect(page.getByRole("main")).toContainText("Nơi nộp mới: Bảo hiểm xã hội cơ sở Quy Nhơn");
  await find(other, code, mover.name);
  await receive(other, "original", "signed", "face", "copied");
  for (const one of [desk, other]) await one.context().close();
});

test("somebody stands at another office than the form says: the form is brought there with a reason, and both offices see it", async ({
  app,
  browser,
}) => {
  await known(app, traveller);
  const desk = await sitDown(browser, await hire(app, "officer"));
  const other = await sitDown(browser, await hire(app, "officer", there));
  const code = await hasConfirmed(desk, traveller);
  await other.getByRole("searchbox", { name: "Tìm hồ sơ" }).fill(code);
  await other.getByRole("button", { name: "Tìm", exact: true }).click();
  await expect(other.getByRole("main")).not.toContainText(traveller.name);
  await other.getByRole("link", { name: "Chuyển tờ khai về đây" }).click();
  await expect(heading(other, "Chuyển tờ khai về cơ quan này")).toBeVisible();
  await other.getByLabel("Lý do").fill("Người dân đang ở quầy");
  await other.getByRole("button", { name: "Chuyển về đây" }).click();
  await expect(heading(other, traveller.name)).toBeVisible();
  await receive(other, "original", "signed", "face", "copied");
  for (const one of [desk, other]) {
    await one.goto("/console/transfers");
    await expect(lineOf(one, code)).toContainText("xin về, người dân ở quầy");
    await one.context().close();
  }
});
