import { expect, startOfStory, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { accept, sitDown } from "../pages/counter.ts";
import { heading, tick } from "../pages/declare.ts";
import { hire, known, lineOf, scan, sewers } from "../pages/desk.ts";
import { textsTo, textTo } from "../pages/messages.ts";
import { readPdf } from "../pages/pdf.ts";

const [one, two, three] = sewers;

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("a company hands in three forms at once: each is decided on its own, and the company learns names and results only", async ({
  app,
  browser,
}) => {
  await known(app, ...sewers);
  const desk = await sitDown(browser, await hire(app, "officer"));
  const codes = [await hasConfirmed(desk, one), await hasConfirmed(desk, two), await hasConfirmed(desk, three)];
  await test.step("codes go in one after another; what cannot be taken says why and stays in the list", async () => {
    await desk.getByRole("link", { name: "Nhận theo lô" }).click();
    await desk.getByLabel("Mã đơn vị").fill("tp0001z");
    await desk.getByRole("button", { name: "Mở lô" }).click();
    await expect(heading(desk, "Lô của Công ty TNHH May Mẫu Bình An")).toBeVisible();
    await scan(desk, codes[0] ?? "");
    await expect(lineOf(desk, one.name)).toContainText("chờ tiếp nhận");
    await scan(desk, codes[0] ?? "");
    await expect(lineOf(desk, "Quét trùng: đã có trong lô này")).toBeVisible();
    await scan(desk, "BD-khong-phai");
    await expect(desk.getByRole("alert")).toContainText("Không phải mã tờ khai");
    await expect(desk.getByLabel("Quét hoặc gõ mã tờ khai")).toHaveValue("BD-khong-phai");
    await scan(desk, `${codes[1]} ${codes[2]}`);
    await expect(desk.getByText("Đã xong 0 trên 3 hồ sơ")).toBeVisible();
  });
  await test.step("the slip names all three, for both to sign", async () => {
    const href = await desk.getByRole("link", { name: "In phiếu nhận lô" }).getAttribute("href");
    const { text } = readPdf(Buffer.from(await (await desk.request.get(href ?? "")).body()));
    for (const { name } of sewers) expect(text).toContain(name);
    expect(text).toContain("Số tờ khai nhận: 3");
  });
  await test.step("ten days later nothing has lapsed: they were handed in", async () => {
    await app.moveClock("2026-12-08T09:00:00+07:00");
    await desk.goto("/console");
    await expect(heading(desk, /Đăng nhập/)).toBeVisible();
  });
  const again = await sitDown(browser, await hire(app, "officer"));
  await again.getByRole("link", { name: "Nhận theo lô" }).click();
  await again.getByRole("link", { name: "Công ty TNHH May Mẫu Bình An" }).first().click();
  await test.step("the first is taken up and accepted; its fifteen minutes begin only now", async () => {
    await again.getByRole("link", { name: "Hồ sơ tiếp theo" }).click();
    await expect(heading(again, "Tiếp nhận hồ sơ")).toBeVisible();
    for (const check of await again.getByRole("checkbox").all()) await tick(check);
    await again.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
    await expect(again.getByText(/còn 1[45] phút/).first()).toBeVisible();
    await accept(again);
    await textTo(app, one, /duoc chap nhan/);
  });
  await test.step("one button leads to the next, which is refused; the reason goes to the person", async () => {
    await again.getByRole("link", { name: "Hồ sơ tiếp theo trong lô (1/3)" }).click();
    for (const check of ["Thấy giấy tờ bản gốc", "Người nộp giống ảnh trên giấy tờ"])
      await tick(again.getByRole("checkbox", { name: check }));
    await again.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
    await again.getByRole("link", { name: "Không chấp nhận" }).click();
    await tick(again.getByRole("checkbox", { name: "Tờ khai chưa ký, chưa ghi rõ họ tên" }));
    await again.getByRole("button", { name: "Xem trước tin nhắn" }).click();
    await again.getByRole("button", { name: "Gửi và không chấp nhận" }).click();
    await expect(again.getByRole("link", { name: "Hồ sơ tiếp theo trong lô (2/3)" })).toBeVisible();
    await textTo(app, two, /khong duoc chap nhan/);
    expect(textsTo(app, three.phone, /chap nhan/)).toHaveLength(0);
  });
  await test.step("the list for the company holds names and results, no reason and no number of anybody", async () => {
    await again.goto("/console/batches");
    await again.getByRole("link", { name: "Công ty TNHH May Mẫu Bình An" }).first().click();
    await expect(again.getByText("Đã xong 2 trên 3 hồ sơ")).toBeVisible();
    const href = await again.getByRole("link", { name: "Kết quả gửi đơn vị (CSV)" }).getAttribute("href");
    const csv = await (await again.request.get(href ?? "")).text();
    expect(csv).toContain(`"${one.name}","được chấp nhận"`);
    expect(csv).toContain(`"${two.name}","không được chấp nhận"`);
    expect(csv).not.toMatch(/chưa ký|\d{9,}/);
  });
  await again.context().close();
  await desk.context().close();
});
