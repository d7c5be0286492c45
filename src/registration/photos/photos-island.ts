import { created, every, one } from "../../kernel/in-page.ts";
import { GREY_SIDE, type GreyPicture, judgePicture, type Motif } from "../../pictures/rules-judge.ts";

/** Looks at a chosen picture before it travels, with the judge that the server has: advice, never a refusal. */
for (const place of every(HTMLElement, "[data-motif]")) {
  const input = one(HTMLInputElement, "input[type=file]", place);
  const verdict = one(HTMLElement, "[role=status]", place);
  input?.addEventListener("change", async () => {
    const file = input.files?.[0];
    const words = file ? await judge(file, place) : "";
    if (verdict) verdict.textContent = words;
  });
}

async function judge(file: File, { dataset }: HTMLElement): Promise<string> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  const grey = picture && greyOf(picture);
  if (!picture || !grey) return "";
  const doubts = judgePicture(grey, picture, dataset.motif as Motif);
  return doubts.length > 0 ? doubts.map((doubt) => dataset[doubt] ?? "").join(" ") : (dataset.good ?? "");
}

function greyOf(picture: ImageBitmap): GreyPicture | undefined {
  const scale = Math.min(1, GREY_SIDE / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = Object.assign(created("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8ClampedArray(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
    pixels[at] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return { width, height, pixels };
}
