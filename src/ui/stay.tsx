import type { PageAsk } from "./page-ask.ts";

/** Keeps a page as it is where that matters: boxes to type in, or an answer to a form; see pwa/stay.js. */
export function Stay({ ask: { answersForm, seenAt }, body }: { ask: PageAsk; body: string }) {
  if (!answersForm && !hasBoxes(body)) return null;
  return <script type="module" src="/stay.js" id="stay" data-answers={answersForm ? seenAt : undefined} />;
}

const hasBoxes = (body: string) =>
  body.includes("<textarea") ||
  body.includes("<select") ||
  body.split("<input ").some((part, at) => at > 0 && !part.startsWith('type="hidden"'));
