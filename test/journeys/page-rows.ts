import { join } from "node:path";
import { runnerImport } from "vite";
import { projectRoot } from "../../src/db/root.ts";
import type { Route } from "../../src/web/route.ts";

/** Every address that answers a GET for people, from the registry itself. */
export async function pageRows(): Promise<string[]> {
  const { module } = await runnerImport<{ registry: readonly Route[] }>(join(projectRoot, "src/app.ts"), {
    root: projectRoot,
    configFile: false,
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: [withoutStyles],
  });
  const pages = module.registry.filter(({ kind, method }) => kind === "page" && method === "GET");
  return pages.map(({ path }) => path);
}

/** Rows are read without a bundler; the style sheets that pages import mean nothing to them. */
const withoutStyles = {
  name: "without-styles",
  enforce: "pre" as const,
  resolveId: (id: string) => (id.endsWith(".css?inline") ? "\0no-style" : undefined),
  load: (id: string) => (id === "\0no-style" ? 'export default ""' : undefined),
};

/** Rows that answer with a file or lead elsewhere, and where to ask for them if not at the row's own path. */
export const notPages: ReadonlyMap<string, string | undefined> = new Map([
  ["/manifest.webmanifest", undefined],
  ["/favicon.svg", undefined],
  ["/icon-192.png", undefined],
  ["/icon-512.png", undefined],
  ["/show-password.js", undefined],
  ["/passkey.js", undefined],
  ["/pass.js", undefined],
  ["/.well-known/vssid-card-keys.json", undefined],
  ["/push.js", undefined],
  ["/hold.js", undefined],
  ["/away.js", undefined],
  ["/stay.js", undefined],
  ["/sw.js", undefined],
  ["/badge-96.png", undefined],
  ["/sign-in/eid", undefined],
  ["/sign-in/eid/onward", undefined],
  ["/sign-in/eid/return", undefined],
  ["/account/proof/eid", undefined],
  ["/account/proof/eid/onward", undefined],
  ["/assets/:file", "/assets/none.js"],
  ["/counter-keys.js", undefined],
  ["/robots.txt", undefined],
  ["/dev/outbox.json", undefined],
  ["/dev/authenticators.json", undefined],
  ["/console/sign-in/next", undefined],
  ["/console/home", undefined],
  ["/account/stop/confirmation", undefined],
  ["/account/confirmations/:reference", "/account/confirmations/GD-2222-2222"],
  ["/register/form.pdf", undefined],
  ["/account/data/file", undefined],
  ...["taking", "decision", "extension"].map((act): [string, string] => [
    `/console/data-requests/:id/${act}`,
    `/console/data-requests/1/${act}`,
  ]),
  ["/letter/question", undefined],
  ["/letter/letter.pdf", undefined],
  ["/letter/receipt.pdf", undefined],
  ["/console/letters/:id/receipts/:addressee", "/console/letters/1/receipts/1"],
  ...[
    ...["letter.pdf", "register.pdf", "register.csv"],
    ...["head", "addressees", "removal", "sending", "answer", "receipt", "question"],
  ].map((act): [string, string] => [`/console/letters/:id/${act}`, `/console/letters/1/${act}`]),
  ["/app/statements/csv", "/app/statements/csv?kind=participation"],
  ["/console/files/:code/form.pdf", "/console/files/BD-2222-2222/form.pdf"],
  ["/console/files/:code/papers/:copy", "/console/files/BD-2222-2222/papers/1"],
  ["/console/files/:code/photos/:photo", "/console/files/BD-2222-2222/photos/1"],
  ["/console/files/:code/acceptance", "/console/files/BD-2222-2222/acceptance"],
  ["/console/files/:code/proposal", "/console/files/BD-2222-2222/proposal"],
  ["/console/files/:code/second-look", "/console/files/BD-2222-2222/second-look"],
  ["/console/reissue/slip", undefined],
  ["/console/coverage.csv", undefined],
  ["/console/coverage.xlsx", undefined],
  ["/console/coverage/reports/:report", "/console/coverage/reports/0"],
  ["/console/intake/:file/rejects.csv", "/console/intake/0/rejects.csv"],
  ["/console/intake/:file/rejects.xlsx", "/console/intake/0/rejects.xlsx"],
  ["/console/intake/:file/second-run", "/console/intake/0/second-run"],
  ["/console/guardians/links/:link/paper", "/console/guardians/links/1/paper"],
  ["/q/:mark", "/q/222222"],
  ["/console/hotline/suggestions", undefined],
  ["/console/mailings/:id/:act", "/console/mailings/1/stop"],
  ["/account/campaigns", undefined],
  ["/refuse/:token", undefined],
  ["/console/units/:unit/:act", "/console/units/X/change"],
  ["/console/campaign/:unit/:act", "/console/campaign/X/desk"],
  ["/console/campaign/:unit/papers/:paper", "/console/campaign/X/papers/poster-a4"],
  ...["next", "slip.pdf", "outcome.csv", "lines", "removal", "closing"].map((act): [string, string] => [
    `/console/batches/:id/${act}`,
    `/console/batches/1/${act}`,
  ]),
  ...["phone", "told", "letter.pdf"].map((act): [string, string] => [
    `/console/unreached/:id/${act}`,
    `/console/unreached/1/${act}`,
  ]),
  ["/account/ways/authenticator/spare", undefined],
  ["/console/roster/list.csv", undefined],
  ["/console/roster/list.xlsx", undefined],
  ...["help", "leaving", "declaration"].map((act): [string, string] => [
    `/console/roster/people/:line/${act}`,
    `/console/roster/people/1/${act}`,
  ]),
  ...["refused.xlsx", "leavers"].map((act): [string, string] => [
    `/console/roster/upload/:upload/${act}`,
    `/console/roster/upload/1/${act}`,
  ]),
  ["/console/roster/appointments/:id/withdrawal", "/console/roster/appointments/1/withdrawal"],
  ...["verdict", "lift"].map((act): [string, string] => [`/console/looks/:id/${act}`, `/console/looks/1/${act}`]),
  ["/console/looks/flags.csv", undefined],
  ["/console/staff-review/:office/:no/review.csv", "/console/staff-review/52T01/1/review.csv"],
  ...["death", "restoration", "matter", "emergency"].map((act): [string, string] => [
    `/console/persons/:person/${act}`,
    `/console/persons/1/${act}`,
  ]),
  ...["question", "answer"].map((act): [string, string] => [
    `/console/disputes/:id/${act}`,
    `/console/disputes/1/${act}`,
  ]),
  ...["proposal", "approval", "refusal", "retirement"].map((act): [string, string] => [
    `/console/texts/:template/:lang/:version/${act}`,
    `/console/texts/ward_accepted/vi/1/${act}`,
  ]),
  ["/help/report", undefined],
  ["/account/contact/code", undefined],
  ["/help/request", undefined],
  ["/console/hotline/calls", undefined],
  ["/console/hotline/calls/:id/:act", "/console/hotline/calls/1/end"],
  ["/console/hotline/tickets/:code/:act", "/console/hotline/tickets/HT-2222-2222/note"],
  ["/console/hotline/answers", undefined],
  ["/console/hotline/answers/:key/decision", "/console/hotline/answers/khong-co/decision"],
  ["/console/hotline/themes.csv", undefined],
  ["/console/hotline/unit", undefined],
  ...["confirmation", "rejection", "undoing"].map((act): [string, string] => [
    `/console/merges/:id/${act}`,
    `/console/merges/1/${act}`,
  ]),
]);
