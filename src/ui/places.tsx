import { Form } from "./form.tsx";
import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

/** The five places of the citizen and the places of the console: where one is, and the way to the others. */
const icons = {
  card: "M3 7.5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM3 10h18M7 15h4",
  participation: "M4 20V10M9.3 20V5M14.6 20v-7M20 20V8",
  benefits: "M12 20.5S4 15.8 4 9.9A4.4 4.4 0 0 1 12 7.3a4.4 4.4 0 0 1 8 2.6c0 5.9-8 10.6-8 10.6z",
  visits: "M12 8v8M8 12h8M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  more: "M5 12h.1M12 12h.1M19 12h.1",
};

const appPlaces = [
  { key: "card", href: "/app" },
  { key: "participation", href: "/app/participation" },
  { key: "benefits", href: "/app/benefits" },
  { key: "visits", href: "/app/visits" },
  { key: "more", href: "/app/more" },
] as const;

const consolePlaces = [
  { key: "queue", href: "/console", group: "work" },
  { key: "batches", href: "/console/batches", group: "work" },
  { key: "disputes", href: "/console/disputes", group: "work" },
  { key: "unreached", href: "/console/unreached", group: "work" },
  { key: "persons", href: "/console/persons", group: "people" },
  { key: "account", href: "/console/account", group: "people" },
  { key: "guardians", href: "/console/guardians", group: "people" },
  { key: "rights", href: "/console/data-requests", group: "people" },
  { key: "looks", href: "/console/looks", group: "people" },
  { key: "staffReview", href: "/console/staff-review", group: "people" },
  { key: "letters", href: "/console/letters", group: "drive" },
  { key: "coverage", href: "/console/coverage", group: "drive" },
  { key: "roster", href: "/console/roster", group: "drive" },
  { key: "appointments", href: "/console/roster/appointments", group: "work" },
  { key: "units", href: "/console/units", group: "drive" },
  { key: "campaign", href: "/console/campaign", group: "drive" },
  { key: "hotline", href: "/console/hotline", group: "drive" },
  { key: "claims", href: "/console/claims", group: "received" },
  { key: "intake", href: "/console/intake", group: "received" },
  { key: "outbox", href: "/console/outbox", group: "sent" },
  { key: "promise", href: "/console/promise", group: "sent" },
  { key: "texts", href: "/console/texts", group: "sent" },
] as const;

const consoleGroups = ["work", "people", "drive", "received", "sent"] as const;
type ConsolePlace = { key: (typeof consolePlaces)[number]["key"]; group: (typeof consoleGroups)[number] };

/** Places that only some of the staff may enter; the others are open to every desk of an office. */
const onlyFor: Partial<Record<ConsolePlace["key"], readonly string[]>> = {
  looks: ["supervisor", "auditor", "operator"],
  /** A leader of units answers for no office: left out below. */
  staffReview: ["supervisor", "leader", "auditor", "operator"],
  texts: ["supervisor", "operator"],
  letters: ["officer", "supervisor", "leader", "coordinator"],
  coverage: ["officer", "supervisor", "leader", "coordinator"],
  roster: ["coordinator"],
  appointments: ["officer", "supervisor"],
  units: ["officer", "supervisor", "coordinator", "leader"],
  campaign: ["officer", "supervisor", "coordinator", "leader"],
  hotline: ["hotline", "officer", "supervisor", "coordinator", "leader"],
};

interface PlacesProps {
  ask: PageAsk;
  nowAt?: string | undefined;
}

/** Under the thumb on a phone, along the top on a desk. */
export function AppPlaces({ ask, nowAt }: PlacesProps) {
  const { app } = words(ask.lang);
  return (
    <nav class="places" aria-label={app.label}>
      <ul>
        {appPlaces.map(({ key, href }) => (
          <li key={key}>
            <a href={href} aria-current={key === nowAt ? "page" : undefined}>
              <PlaceIcon place={key} />
              <span>{app[key]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export type PlaceName = keyof typeof icons;
export const PLACE_NAMES = Object.keys(icons) as PlaceName[];

/** Drawn with one stroke, in the colour of the words beside it. */
export function PlaceIcon({ place }: { place: PlaceName }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path
        d={icons[place]}
        fill="none"
        stroke="currentColor"
        stroke-width={place === "more" ? 3.5 : 1.8}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Down the side of a desk, in groups by what the work is; one line on a small screen. */
export function ConsolePlaces({ ask, nowAt }: PlacesProps) {
  const said = words(ask.lang).console;
  const held = ask.actor.kind === "staff" ? ask.actor.roles : [];
  const roles = held.map(({ role }) => role);
  const isOnlyInDrive =
    roles.length > 0 && roles.every((role) => role === "coordinator" || role === "leader" || role === "hotline");
  const isLeaderOfUnits = held.every(
    ({ role, officeCode }) => role === "coordinator" || (role === "leader" && !officeCode),
  );
  const open = consolePlaces.filter(({ key, group }: ConsolePlace) => {
    if (key === "staffReview" && isLeaderOfUnits) return false;
    return onlyFor[key]?.some((role) => roles.some((one) => one === role)) ?? (group === "drive" || !isOnlyInDrive);
  });
  const groups = consoleGroups.filter((group) => open.some((place: ConsolePlace) => place.group === group));
  return (
    <nav class="desk-places" aria-label={said.label}>
      <ul>
        {groups.map((group) => (
          <li key={group}>
            <span>{said.groups[group]}</span>
            <ul>
              {open
                .filter((place: ConsolePlace) => place.group === group)
                .map(({ key, href }) => (
                  <li key={key}>
                    <a href={href} aria-current={key === nowAt ? "page" : undefined}>
                      {said[key]}
                    </a>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function SignOut({ ask, action }: { ask: PageAsk; action: string }) {
  return (
    <Form ask={ask} action={action} class="sign-out">
      <button type="submit" class="plain-button">
        {words(ask.lang).signOut}
      </button>
    </Form>
  );
}
