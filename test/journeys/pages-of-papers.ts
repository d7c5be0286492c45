import { type PageState, submit } from "./open-pages.ts";

/** Camera, pictures, and places that are looked up by name. */
export const papersPages: readonly PageState[] = [
  { says: "the page that scans a card", route: "/register/scan", who: "drafter", scriptBytes: 5000 },
  {
    says: "a card that was read with nothing on it",
    route: "/register/scan",
    who: "drafter",
    async post(page) {
      const result = page.locator("#scan-result");
      await result.evaluate((section) => section.removeAttribute("hidden"));
      await result.getByRole("button").click();
    },
  },
  { says: "the pictures of a declaration", route: "/register/photos", who: "drafter", scriptBytes: 5000 },
  { says: "no picture chosen", route: "/register/photos", who: "drafter", post: (page) => submit(page) },
  {
    says: "old communes that were found",
    route: "/register/:step",
    who: "drafter",
    at: "/register/address?province=&old=Tuy%20Phước",
  },
  {
    says: "no old commune of that name",
    route: "/register/:step",
    who: "drafter",
    at: "/register/address?old=Chẳng%20có%20nơi%20này",
  },
  {
    says: "an old commune that was chosen",
    route: "/register/:step",
    who: "drafter",
    at: "/register/address?province=52&commune=21952&before=21979",
  },
  {
    says: "offices that were found by name",
    route: "/register/:step",
    who: "drafter",
    at: "/register/office?named=gia%20lai",
  },
  { says: "no office of that name", route: "/register/:step", who: "drafter", at: "/register/office?named=khong%20co" },
];
