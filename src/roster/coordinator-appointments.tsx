import type { Staff } from "../kernel/actor.ts";
import { Invalid, NotSignedIn } from "../kernel/failures.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { askAppointment, comingAppointments, dropAppointment } from "./appoint.ts";
import { AppointmentsPage } from "./appointments-view.tsx";
import { hrefOf, ROSTER } from "./frame.tsx";
import { unitsOfCoordinator } from "./scope.ts";
import { uploadWords } from "./words-upload.ts";

/** Windows for many at the office: the unit asks, the office looks. No name stands here. */
const coordinator = { who: ["coordinator"], purpose: "rollout" } as const;
const AT = `${ROSTER}/appointments`;

export const routes: Route[] = [
  pageRoute({
    ...{ method: "GET", path: AT, who: ["coordinator", "officer", "supervisor"], purpose: "rollout" },
    handle: (ask) => appointmentsPage(ask, [], 200),
  }),
  pageRoute({ ...coordinator, method: "POST", path: AT, handle: postAppointment }),
  pageRoute({ ...coordinator, method: "POST", path: `${AT}/:id/withdrawal`, handle: postWithdrawal }),
  pageRoute({ ...coordinator, method: "GET", path: `${AT}/:id/withdrawal`, handle: () => redirect(AT) }),
];

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

async function appointmentsPage(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const units = await unitsOfCoordinator(ask.house.db, staffOf(ask), ask.now);
  const unit = units.find(({ code }) => code === (ask.form.unit ?? ask.query.unit)) ?? units[0];
  const coming = await comingAppointments(ask.house, staffOf(ask));
  return page(<AppointmentsPage {...{ at: { ask, unit }, units, coming, faults }} typed={ask.form} />, status);
}

async function postAppointment(ask: Ask): Promise<Reply> {
  const said = uploadWords(ask.lang).appointments;
  try {
    const { others } = await askAppointment(ask.house, staffOf(ask), ask.form);
    const flash = others > 0 ? said.doneWith(others) : said.done;
    return redirect(hrefOf(AT, { unit: ask.form.unit }), flash);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const sentences: Record<string, string> = said.faults;
    const faults = failure.faults.map(({ field, key }) => ({ field, text: sentences[key] ?? key }));
    return appointmentsPage(ask, faults, 422);
  }
}

async function postWithdrawal(ask: Ask): Promise<Reply> {
  await dropAppointment(ask.house, staffOf(ask), ask.params.id ?? "");
  return redirect(AT, uploadWords(ask.lang).appointments.dropped);
}
