import type { PageState } from "./open-pages.ts";

/** Keeping the card, the page that opens it without a network, the signed code and who verifies it, and the icon. */
export const offlinePages: readonly PageState[] = [
  { says: "keeping the card on this phone", route: "/app/keep", who: "worker", scriptBytes: 5000 },
  {
    says: "the card without a network, on a phone that keeps none",
    route: "/app/offline",
    who: "worker",
    isOffline: true,
  },
  { says: "the signed code of the card", route: "/app/card/pass", who: "worker", scriptBytes: 5000 },
  { says: "the way onto the home screen", route: "/install", who: "stranger" },
  { says: "the guides", route: "/guides", who: "stranger" },
  { says: "the guide for who has no account", route: "/guides/:role", who: "stranger", at: "/guides/new" },
  // Last of the stranger: from here on a service worker stands before the network.
  { says: "the page that verifies a card", route: "/verify", who: "stranger", scriptBytes: 5000 },
];
