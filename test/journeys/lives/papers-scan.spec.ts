import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { backOfCard, emptyTable, qrPicture } from "../pages/cards.ts";
import { answer, heading, isAtQuestion } from "../pages/declare.ts";

const card = "099090000777|012345678|Đặng Thị Ẵng Ừ|15031990|Nữ|Thôn Mẫu 3, Xã Tuy Phước, Gia Lai|20082021";
const numberBox = (page: Page) => page.getByLabel("Số giấy tờ");

test("a card's QR code fills in paper, name and birth, and the person sees everything before it is used", async ({
  page,
  javaScriptEnabled,
}) => {
  await answer.who(page);
  await isAtQuestion(page, 2, "Giấy tờ tùy thân");
  const foreign = await watchOtherHosts(page);
  await page.getByRole("link", { name: "Quét thẻ để điền nhanh" }).click();
  await expect(heading(page, "Quét thẻ để điền nhanh")).toBeVisible();
  if (!javaScriptEnabled) return typesInstead(page);

  await page.getByLabel("Hoặc chọn ảnh chụp mã QR").setInputFiles(await emptyTable());
  await expect(page.getByRole("status")).toContainText("Chưa thấy mã QR của căn cước.");
  await page.getByLabel("Hoặc chọn ảnh chụp mã QR").setInputFiles(await qrPicture(card));
  await expect(page.getByRole("heading", { name: "Xem lại rồi dùng" })).toBeFocused();
  await expect(numberBox(page)).toHaveValue("099090000777");
  await expect(page.getByLabel("Họ và tên")).toHaveValue("Đặng Thị Ẵng Ừ");
  await expect(page.getByRole("radio", { name: "Nữ" })).toBeChecked();
  expect(await datesOn(page)).toEqual(["20", "8", "2021", "15", "3", "1990"]);

  await page.getByLabel("Họ và tên").fill("");
  await page.getByRole("button", { name: "Dùng thông tin này" }).click();
  await expect(page.getByRole("alert")).toContainText("Nhập họ và tên như trên giấy tờ.");
  await page.getByLabel("Họ và tên").fill("Đặng Thị Ẵng Ừ");
  await page.getByRole("button", { name: "Dùng thông tin này" }).click();
  await isAtQuestion(page, 5, "Mã số BHXH");
  await expect(page.getByRole("status")).toContainText("Đã điền từ thẻ.");
  await page.goto("/register/paper");
  await expect(numberBox(page)).toHaveValue("099090000777");
  expect(foreign()).toEqual([]);
});

test("the lines on the back of a card are read on the phone itself, and marks are asked for", async ({
  page,
  javaScriptEnabled,
}) => {
  test.slow();
  await answer.who(page);
  const foreign = await watchOtherHosts(page);
  await page.goto("/register/scan");
  if (!javaScriptEnabled) return typesInstead(page);
  const mau = { name: ["NGUYEN", "VAN", "MAU"], birth: "550000", sex: "M", expires: "261130" } as const;
  const picture = await backOfCard({ ...mau, number: "099055000123" });
  await page.getByLabel("Hoặc chọn ảnh chụp dòng chữ").setInputFiles(picture);
  await expect(page.getByRole("heading", { name: "Xem lại rồi dùng" })).toBeFocused({ timeout: 30_000 });
  await expect(numberBox(page)).toHaveValue("099055000123");
  await expect(page.getByLabel("Họ và tên")).toHaveValue("NGUYEN VAN MAU");
  await expect(page.getByText("Thêm dấu vào họ tên như trên giấy tờ.")).toBeVisible();
  await expect(page.getByText("Giấy tờ này hết hạn trước hạn nộp hồ sơ.")).toBeVisible();
  expect(await datesOn(page)).toEqual(["", "", "", "", "", "1955"]);
  await page.getByLabel("Họ và tên").fill("Nguyễn Văn Mẫu");
  await page.getByRole("button", { name: "Dùng thông tin này" }).click();
  await isAtQuestion(page, 5, "Mã số BHXH");
  expect(foreign()).toEqual([]);
});

/** Without script nothing is offered that cannot work: the way leads back to the boxes. */
async function typesInstead(page: Page): Promise<void> {
  await expect(page.getByText("Trình duyệt này không quét được thẻ.")).toBeVisible();
  await expect(page.getByRole("button", { name: /máy ảnh/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Tự gõ" }).click();
  await isAtQuestion(page, 2, "Giấy tờ tùy thân");
}

/** Requests that carry something away, and requests to anybody else. */
async function watchOtherHosts(page: Page): Promise<() => string[]> {
  const own = new URL(page.url()).origin;
  const seen: string[] = [];
  page.on("request", (request) => {
    const isScan = request.method() === "POST" && /multipart|image|octet/.test(request.headers()["content-type"] ?? "");
    const isOther = !request.url().startsWith(own) && !/^(blob|data):/.test(request.url());
    if (isScan || isOther) seen.push(request.url());
  });
  return () => seen;
}

async function datesOn(page: Page): Promise<string[]> {
  const boxes = await page
    .locator("[name^=issued_], [name^=birth_]")
    .and(page.locator("input[inputmode=numeric]"))
    .all();
  return Promise.all(boxes.map((box) => box.inputValue()));
}
