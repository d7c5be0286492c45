import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { cameraFilm } from "../pages/cards.ts";
import { answer } from "../pages/declare.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-camera-"));
const film = join(folder, "card.mjpeg");
test.use({
  permissions: ["camera"],
  launchOptions: async ({ launchOptions }, use) => {
    writeFileSync(film, await cameraFilm("099090000888||Trần Ỷ Lan|01011985|Nữ|Gia Lai|20082021"));
    const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] });
  },
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a card held before the camera is read, and the camera goes off", async ({ page, javaScriptEnabled }) => {
  await answer.who(page);
  await page.getByRole("link", { name: "Quét thẻ để điền nhanh" }).click();
  if (!javaScriptEnabled) return expect(page.locator("video")).toBeHidden();
  await page.getByRole("button", { name: "Mở máy ảnh quét mã QR" }).click();
  await expect(page.getByRole("heading", { name: "Xem lại rồi dùng" })).toBeFocused({ timeout: 20_000 });
  await expect(page.getByLabel("Số giấy tờ")).toHaveValue("099090000888");
  await expect(page.getByLabel("Họ và tên")).toHaveValue("Trần Ỷ Lan");
  expect(await page.locator("video").evaluate((video) => (video as HTMLVideoElement).srcObject)).toBeNull();
});
