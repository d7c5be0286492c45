import type { Page } from "@playwright/test";
import { openLetterPages } from "./pages-of-letters.ts";
import { offlinePages } from "./pages-of-offline.ts";
import { papersPages } from "./pages-of-papers.ts";
import { peoplePages } from "./pages-of-people.ts";
import { secretsPages } from "./pages-of-secrets.ts";
import type { Walk, Who } from "./signed-in.ts";

/** A page in one of its states: who sees it, where it is, and what the server answers. */
export interface PageState {
  /** Part of the test's name. */
  says: string;
  /** The row of the registry that answers. */
  route: string;
  who: Who;
  /** Where to go; the route itself unless said. */
  at?: string | ((walk: Walk) => Promise<string>);
  /** What is filled in and posted there; the answer to it is the page that is meant. */
  post?(page: Page, walk: Walk): Promise<void>;
  /** 200, or 422 to a post, unless said. */
  status?: number;
  /** Bytes of optional script that it may load at once; none unless said, and never over 5,000. */
  scriptBytes?: number;
  /** The page that the installed app opens without a network: what it shows its script makes. */
  isOffline?: boolean;
}

export const submit = (page: Page) => page.getByRole("main").locator("form button.button").first().click();

const questions = ["who", "paper", "name", "birth", "insurance", "phone", "email", "address", "office"] as const;

/** Pages that open for anyone. */
const strangers: PageState[] = [
  ...(["/", "/help", "/privacy", "/register", "/register/resume", "/sign-in", "/account/recovery"] as const).map(
    (route) => ({ says: route, route, who: "stranger" as const }),
  ),
  { says: "the page for the code of a recovery", route: "/account/recovery/code", who: "stranger" },
  { says: "the sign-in of staff", route: "/console/sign-in", who: "stranger" },
  { says: "the code of an invitation", route: "/invitation", who: "stranger" },
  { says: "the gallery of parts", route: "/dev/ui", who: "stranger", scriptBytes: 4000 },
  { says: "the colours, letters and spaces", route: "/dev/ui", who: "stranger", at: "/dev/ui?show=tokens" },
  { says: "the outbox of the demo", route: "/dev/outbox", who: "officer" },
  { says: "a page that is not there", route: "*", who: "stranger", at: "/khong-co-trang-nay", status: 404 },
  { says: "the first question without an answer", route: "/register", who: "stranger", post: submit },
  { says: "resuming without a code", route: "/register/resume", who: "stranger", post: submit },
  { says: "a sign-in without a number", route: "/sign-in", who: "stranger", post: submit },
  {
    says: "a sign-in with a wrong password",
    route: "/sign-in",
    who: "stranger",
    async post(page) {
      await page.locator("[name=login]").fill("9800000099");
      await page.locator("[name=password]").fill("khong dung mat khau");
      await submit(page);
    },
  },
  { says: "a recovery without a number", route: "/account/recovery", who: "stranger", post: submit },
  { says: "a recovery without its code", route: "/account/recovery/code", who: "stranger", post: submit },
  { says: "a sign-in of staff without a name", route: "/console/sign-in", who: "stranger", post: submit },
];

/** Form 01: its questions, its check, and where a file stands. */
const declarers: PageState[] = [
  ...questions.map((question) => ({
    says: `the question “${question}”`,
    route: "/register/:step",
    who: "drafter" as const,
    at: `/register/${question}`,
  })),
  {
    says: "the question “address” with a list of communes",
    route: "/register/:step",
    who: "drafter",
    at: "/register/address?province=01",
  },
  ...(["paper", "name", "birth", "insurance", "phone", "email"] as const).map((question) => ({
    says: `the question “${question}” answered wrongly`,
    route: question === "phone" || question === "email" ? `/register/${question}` : "/register/:step",
    who: "drafter" as const,
    at: `/register/${question}`,
    post: answerWrongly,
  })),
  { says: "the check of all answers", route: "/register/check", who: "drafter" },
  { says: "the receipt", route: "/register/receipt", who: "declarer" },
  { says: "a file that waits", route: "/register/track", who: "declarer" },
  { says: "the withdrawal", route: "/register/withdrawal", who: "declarer" },
  { says: "deleting a draft", route: "/register/deletion", who: "drafter" },
  { says: "a draft that was deleted", route: "/register/deleted", who: "stranger" },
  { says: "a file that was refused", route: "/register/track", who: "refused" },
  { says: "a file that came with a batch", route: "/register/track", who: "batched" },
  { says: "a file that was withdrawn", route: "/register/track", who: "withdrawn" },
];

/** What no box of form 01 takes. */
async function answerWrongly(page: Page): Promise<void> {
  for (const box of await page.getByRole("main").getByRole("textbox").all()) await box.fill("?");
  await submit(page);
}

export const openPages: readonly PageState[] = [
  ...strangers,
  ...declarers,
  ...papersPages,
  ...peoplePages,
  ...secretsPages,
  ...offlinePages,
  ...openLetterPages,
];
