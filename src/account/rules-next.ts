/** Where a sign-in leads, and what a device is called. */
import { NEXT_LONGEST, withNext } from "../kernel/next-page.ts";

const OWN_ORIGIN = "https://own.invalid";
const notForCitizens = /^\/(console|sign-in|sign-out|account\/recovery|api|fhir|dev)(\/|\?|$)/;
const forStaff = /^\/console(\/(?!sign-in|sign-out)|\?|$)/;

/**
 * `?next=` when it is one of our own pages for that kind of person, else the home of that kind; `home`: of these roles.
 */
export function nextPage(asked: string | undefined, who: "citizen" | "staff", home: string = homes[who]): string {
  const own = ownPath(asked ?? "");
  // The queue is asked for by whoever typed the bare address of the desk: that means home.
  if (!own || own === homes.staff) return home;
  return (who === "staff" ? forStaff.test(own) : !notForCitizens.test(own)) ? own : home;
}

const homes = { citizen: "/app", staff: "/console" } as const;

/** A path of ours, or undefined: //elsewhere, /\elsewhere, schemes and control characters are not. */
function ownPath(text: string): string | undefined {
  if (!text.startsWith("/") || text.length > NEXT_LONGEST || /[\\\p{Cc}]/u.test(text)) return undefined;
  if (!URL.canParse(text, OWN_ORIGIN)) return undefined;
  const url = new URL(text, OWN_ORIGIN);
  if (url.origin !== OWN_ORIGIN || url.pathname.startsWith("//")) return undefined;
  return url.pathname + url.search;
}

const browsers: readonly [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/coc_coc_browser/i, "Cốc Cốc"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/OPR\/|Opera/, "Opera"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux|X11/, "Linux"],
];

/** "Chrome · Android": enough to know one's own telephone again, too little to follow anybody. */
export function deviceLabel(userAgent: string | undefined): string {
  const named = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ""))?.[1];
  return [named(browsers), named(systems)].filter(Boolean).join(" · ");
}

/** Where one proves oneself again before a page; `isTwo`: in two different ways. */
export function proofPage(next: string, isTwo = false): string {
  return `${withNext("/account/proof", next)}${isTwo ? "&two=1" : ""}`;
}
