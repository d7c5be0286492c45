import { dayOf } from "../../kernel/calendar.ts";
import { Invalid, NotFound } from "../../kernel/failures.ts";
import type { Fault } from "../../kernel/outcome.ts";
import { IMAGE_LIMITS } from "../../pictures/rules-image.ts";
import { policyOn } from "../../policy/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../../web/route.ts";
import { fileOf, placeToGo } from "../citizen-visit.tsx";
import { shownStatus } from "../is-over.ts";
import { isComplete } from "../rules-answers.ts";
import { photoRule } from "../rules-paper-policies.ts";
import type { Declaration } from "../store.ts";
import { PhotosPage } from "./photos-page.tsx";
import { removePhoto } from "./remove-photo.ts";
import { kindsFor, PHOTO_KINDS } from "./rules-photos.ts";
import { sendPhotos } from "./send-photos.ts";
import { photosOf } from "./store-photo.ts";
import { photoWords } from "./words.ts";

/** Out of the way: reached from the check page and the receipt, never on the road between two questions. */
const OWN = "/register/photos";

const withOpenFile = (handle: (ask: Ask, file: Declaration) => Promise<Reply>) => async (ask: Ask) => {
  const file = await fileOf(ask);
  if (!file) return redirect("/register/resume");
  const status = await shownStatus(ask.house.db, file, ask.now);
  const isOpen = status === "confirmed" || (status === "draft" && isComplete(file.answers));
  return isOpen ? handle(ask, file) : redirect(await placeToGo(ask, file));
};

async function photosPage(ask: Ask, file: Declaration, faults: readonly Fault[]): Promise<Reply> {
  const rule = await policyOn(ask.house.db, photoRule, dayOf(ask.now));
  if (rule === "off") throw new NotFound("page");
  const sent = await photosOf(ask.house.db, file.id);
  const kinds = kindsFor(file.answers);
  const mayTakeBack = rule !== "required" || file.status === "draft";
  const back = await placeToGo(ask, file);
  const view = <PhotosPage {...{ ask, rule, kinds, sent, faults, mayTakeBack, back }} />;
  return page(view, faults.some(({ key }) => key === "image_busy") ? 503 : faults.length > 0 ? 422 : 200);
}

async function postPhotos(ask: Ask, file: Declaration): Promise<Reply> {
  const pictures = Object.fromEntries(
    kindsFor(file.answers).flatMap((kind) => (ask.files[kind] ? [[kind, ask.files[kind].bytes]] : [])),
  );
  const insists = ask.form.insists === "yes";
  try {
    const count = await sendPhotos(ask.house, { code: file.code, actor: ask.actor, now: ask.now, pictures, insists });
    return redirect(OWN, photoWords(ask.lang).saved(count));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return photosPage(ask, file, error.faults);
  }
}

async function postRemoval(ask: Ask, file: Declaration): Promise<Reply> {
  const kind = PHOTO_KINDS.find((known) => known === ask.form.kind);
  if (!kind) throw new NotFound("photo");
  await removePhoto(ask.house, { code: file.code, kind, actor: ask.actor, now: ask.now });
  return redirect(OWN, photoWords(ask.lang).removed);
}

const open = { who: ["anyone"], purpose: "registration" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: OWN, handle: withOpenFile((ask, file) => photosPage(ask, file, [])) }),
  pageRoute({
    ...open,
    method: "POST",
    path: OWN,
    rate: "upload",
    sensitive: true,
    filesUpTo: IMAGE_LIMITS.bytes,
    handle: withOpenFile(postPhotos),
  }),
  pageRoute({ ...open, method: "POST", path: `${OWN}/removal`, handle: withOpenFile(postRemoval) }),
];
