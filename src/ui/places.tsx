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

const atOffice = ["officer", "supervisor"] as const;
const orOperator = [...atOffice, "operator"] as const;
const inDrive = [...atOffice, "leader", "coordinator"] as const;

/** Each with the roles that may open it: nobody is led to a page that is refused to them. */
const consolePlaces = [
  { key: "queue", href: "/console", group: "work", roles: atOffice },
  { key: "batches", href: "/console/batches", group: "work", roles: atOffice },
  { key: "disputes", href: "/console/disputes", group: "work", roles: atOffice },
  { key: "unreached", href: "/console/unreached", group: "work", roles: atOffice },
  { key: "persons", href: "/console/persons", group: "people", roles: atOffice },
  { key: "account", href: "/console/account", group: "people", roles: atOffice },
  { key: "guardians", href: "/console/guardians", group: "people", roles: atOffice },
  { key: "rights", href: "/console/data-requests", group: "people", roles: atOffice },
  { key: "looks", href: "/console/looks", group: "people", roles: ["supervisor", "auditor", "operator"] },
  // A leader of units answers for no office: left out below.
  {
    key: "staffReview",
    href: "/console/staff-review",
    group: "people",
    roles: ["supervisor", "leader", "auditor", "operator"],
  },
  { key: "letters", href: "/console/letters", group: "drive", roles: inDrive },
  { key: "coverage", href: "/console/coverage", group: "drive", roles: inDrive },
  { key: "roster", href: "/console/roster", group: "drive", roles: ["coordinator"] },
  { key: "appointments", href: "/console/roster/appointments", group: "work", roles: atOffice },
  { key: "units", href: "/console/units", group: "drive", roles: inDrive },
  { key: "campaign", href: "/console/campaign", group: "drive", roles: inDrive },
  { key: "hotline", href: "/console/hotline", group: "drive", roles: [...inDrive, "hotline"] },
  { key: "claims", href: "/console/claims", group: "received", roles: atOffice },
  { key: "intake", href: "/console/intake", group: "received", roles: orOperator },
  { key: "outbox", href: "/console/outbox", group: "sent", roles: orOperator },
  { key: "promise", href: "/console/promise", group: "sent", roles: orOperator },
  { key: "texts", href: "/console/texts", group: "sent", roles: ["supervisor", "operator"] },
] as const;

const consoleGroups = ["work", "people", "drive", "received", "sent"] as const;

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
  const isLeaderOfUnits = held.every(
    ({ role, officeCode }) => role === "coordinator" || (role === "leader" && !officeCode),
  );
  const open = consolePlaces.filter(
    ({ key, roles }) =>
      held.some(({ role }) => roles.some((one) => one === role)) && !(key === "staffReview" && isLeaderOfUnits),
  );
  const groups = consoleGroups.filter((group) => open.some((place) => place.group === group));
  return (
    <nav class="desk-places" aria-label={said.label}>
      <ul>
        {groups.map((group) => (
          <li key={group}>
            <span>{said.groups[group]}</span>
            <ul>
              {open
                .filter((place) => place.group === group)
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
