import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { routes as accountApi } from "./account/api.ts";
import { routes as accountPages } from "./account/citizen.tsx";
import { identify } from "./account/identify.ts";
import { keepLang } from "./account/keep-lang.ts";
import { routes as staffSignIn } from "./account/officer.tsx";
import { flushLooks, looksWritten } from "./audit/record.ts";
import { routes as batchApi } from "./batch/api.ts";
import { routes as batchPages } from "./batch/officer.tsx";
import { routes as benefitsApi } from "./benefits/api.ts";
import { routes as benefitsPages } from "./benefits/citizen.tsx";
import { routes as benefitPapers } from "./benefits/papers.tsx";
import { routes as campaignPages } from "./campaign/officer.tsx";
import { routes as cardApi } from "./card/api.ts";
import { routes as cardPages } from "./card/citizen.tsx";
import { routes as cardPass } from "./card-pass/citizen.tsx";
import { certificateNumbers } from "./certificates/watch.ts";
import { routes as consentPages } from "./consent/citizen.tsx";
import { routes as contactPages } from "./contact/citizen.tsx";
import { routes as coveragePages } from "./coverage/officer.tsx";
import { routes as tilePages } from "./coverage/officer-tiles.tsx";
import type { House } from "./db/house.ts";
import { routes as disputeApi } from "./dispute/api.ts";
import { routes as disputePages } from "./dispute/citizen.tsx";
import { routes as disputeDesk } from "./dispute/officer.tsx";
import { routes as invitationPage } from "./drive/citizen.tsx";
import { routes as unitPages } from "./drive/officer.tsx";
import { routes as eidPages } from "./eid/citizen.tsx";
import { routes as facilityApi } from "./facility/api.ts";
import { routes as factorPages } from "./factor/citizen.tsx";
import { routes as fhirApi } from "./fhir/api.ts";
import { routes as guardianApi } from "./guardian/api.ts";
import { routes as familyPages } from "./guardian/citizen.tsx";
import { routes as guardianCounter } from "./guardian/officer.tsx";
import { routes as guardianFiles } from "./guardian/officer-file.tsx";
import { guessesOf, noteAsk, noteMiss } from "./guesses/tally.ts";
import { routes as guidePages } from "./guides/citizen.tsx";
import { routes as holderPages } from "./holder/citizen.tsx";
import { routes as holderDesk } from "./holder/officer.tsx";
import { routes as homePages } from "./home/citizen.tsx";
import { routes as galleryPages } from "./home/gallery.tsx";
import { routes as helpPages } from "./hotline/citizen.tsx";
import { hotlineAlarm } from "./hotline/escalate-late.ts";
import { routes as hotlineDesk } from "./hotline/officer.tsx";
import { routes as hotlineLibrary } from "./hotline/officer-library.tsx";
import { routes as ticketPages } from "./hotline/officer-ticket.tsx";
import { routes as householdApi } from "./household/api.ts";
import { routes as inboxApi } from "./inbox/api.ts";
import { routes as inboxPages } from "./inbox/citizen.tsx";
import { routes as intakeDesk } from "./intake/officer.tsx";
import { routes as keptCardApi } from "./kept-card/api.ts";
import { routes as keptCardPages } from "./kept-card/citizen.tsx";
import { routes as letterPages } from "./letters/citizen.tsx";
import { routes as letterDesk } from "./letters/officer.tsx";
import { looksAlarm, looksNumbers } from "./looks/alarm.ts";
import { routes as lookPages } from "./looks/officer.tsx";
import { routes as refusalApi } from "./mailing/api.ts";
import { routes as refusalPages } from "./mailing/citizen.tsx";
import { routes as mailingPages } from "./mailing/officer.tsx";
import { routes as meApi } from "./me/api.ts";
import { routes as mePages } from "./me/citizen.tsx";
import { routes as noticeHooks } from "./notices/api.ts";
import { routes as outboxSinks } from "./notices/dev.tsx";
import { routes as outboxWatch } from "./notices/officer.tsx";
import { outboxState } from "./notices/store-read.ts";
import { routes as participationApi } from "./participation/api.ts";
import { routes as participationPages } from "./participation/citizen.tsx";
import { alarmNumbers, messageSeries } from "./promise/metrics.ts";
import { routes as promiseWatch } from "./promise/officer.tsx";
import { promiseAlarm, promiseNumbers } from "./promise/watch.ts";
import { workerAges } from "./promise/watchdog.ts";
import { routes as pushPages } from "./push/citizen.tsx";
import { routes as installPage } from "./pwa/citizen.tsx";
import { routes as pwaFiles } from "./pwa/routes.ts";
import { routes as registerPages } from "./register/officer.tsx";
import { routes as registrationApi } from "./registration/api.ts";
import { routes as registrationPages } from "./registration/citizen.tsx";
import { routes as reviewApi } from "./review/api.ts";
import { routes as transferApi } from "./review/api-transfer.ts";
import { routes as reviewPages } from "./review/officer.tsx";
import { routes as transferPages } from "./review/officer-transfer.tsx";
import { routes as rightsApi } from "./rights/api.ts";
import { routes as rightsPages } from "./rights/citizen.tsx";
import { routes as rightsDesk } from "./rights/officer.tsx";
import { routes as rosterPages } from "./roster/coordinator.tsx";
import { routes as rosterAppointments } from "./roster/coordinator-appointments.tsx";
import { routes as rosterUploads } from "./roster/coordinator-upload.tsx";
import { routes as madeUpStaff } from "./seed/dev.tsx";
import { routes as staffFactor } from "./staff-factor/officer.tsx";
import { routes as staffReview } from "./staff-review/officer.tsx";
import { routes as statementApi } from "./statement/api.ts";
import { routes as statementPages } from "./statement/citizen.tsx";
import { routes as textPages } from "./texts/officer.tsx";
import { routes as placePages } from "./units/citizen.tsx";
import { unreachedAlarm } from "./unreached/alarm.ts";
import { routes as unreachedPages } from "./unreached/officer.tsx";
import { routes as visitsApi } from "./visits/api.ts";
import { routes as visitsPages } from "./visits/citizen.tsx";
import { routes as claimDesk } from "./visits/officer.tsx";
import type { Route } from "./web/route.ts";
import { createWeb, type FindAlarm } from "./web/server.ts";

/** The table of contents: every address of the system, by feature. */
export const registry: readonly Route[] = [
  ...homePages,
  ...guidePages,
  ...pwaFiles,
  ...registrationPages,
  ...registrationApi,
  ...reviewPages,
  ...reviewApi,
  ...transferPages,
  ...batchPages,
  ...batchApi,
  ...registerPages,
  ...lookPages,
  ...transferApi,
  ...accountPages,
  ...staffSignIn,
  ...staffFactor,
  ...staffReview,
  ...madeUpStaff,
  ...accountApi,
  ...factorPages,
  ...eidPages,
  ...contactPages,
  ...holderPages,
  ...pushPages,
  ...holderDesk,
  ...meApi,
  ...mePages,
  ...inboxApi,
  ...inboxPages,
  ...cardApi,
  ...cardPages,
  ...householdApi,
  ...participationApi,
  ...participationPages,
  ...benefitsApi,
  ...benefitsPages,
  ...benefitPapers,
  ...visitsApi,
  ...visitsPages,
  ...claimDesk,
  ...intakeDesk,
  ...facilityApi,
  ...disputeApi,
  ...disputePages,
  ...disputeDesk,
  ...fhirApi,
  ...guardianApi,
  ...familyPages,
  ...guardianCounter,
  ...guardianFiles,
  ...outboxWatch,
  ...textPages,
  ...promiseWatch,
  ...unreachedPages,
  ...noticeHooks,
  ...outboxSinks,
  ...galleryPages,
  ...keptCardApi,
  ...keptCardPages,
  ...cardPass,
  ...installPage,
  ...statementPages,
  ...statementApi,
  ...consentPages,
  ...rightsPages,
  ...rightsApi,
  ...rightsDesk,
  ...placePages,
  ...letterPages,
  ...letterDesk,
  ...coveragePages,
  ...tilePages,
  ...rosterPages,
  ...rosterUploads,
  ...rosterAppointments,
  ...unitPages,
  ...invitationPage,
  ...campaignPages,
  ...mailingPages,
  ...refusalPages,
  ...refusalApi,
  ...helpPages,
  ...hotlineDesk,
  ...ticketPages,
  ...hotlineLibrary,
];

/** All addresses on one server. */
export async function createApp(house: House): Promise<FastifyInstance> {
  const probes = {
    outbox: () => outboxNumbers(house),
    promise: () => promiseNumbers(house),
    workerAgeSeconds: () => workerAges(house),
    alarm: () => alarmNumbers(house),
    looks: () => looksNumbers(house),
    guesses: async () => ({ ...guessesOf(house) }),
    certificates: async () => certificateNumbers(house),
  };
  const app = await createWeb(house, registry, identify, probes, { findAlarm, keepLang }, () => messageSeries(house));
  app.addHook("onSend", (request, reply, payload, done) => {
    const written = showsSomebody(request, reply) ? looksWritten(house) : undefined;
    if (!written) return done(null, payload);
    written.then(
      () => done(null, payload),
      (error: Error) => done(error),
    );
  });
  app.addHook("onClose", () => flushLooks(house));
  // Whoever is refused at a door that tells is counted; by whom and for whom is not.
  app.addHook("onResponse", async (request, reply) => {
    if (!request.routeOptions.config.isGuess) return;
    noteAsk(house);
    if (reply.statusCode >= 400 && reply.statusCode < 500) noteMiss(house);
  });
  return app;
}

/** Nobody sees a record before it is written down who saw it. Staff's own looks are written before they are read. */
const showsSomebody = ({ actor }: FastifyRequest, { statusCode }: FastifyReply) =>
  statusCode < 400 && actor?.kind !== "staff";

/** What is nearly late comes before what is left to do. */
const findAlarm: FindAlarm = async (house, staff, lang) =>
  (await promiseAlarm(house, staff, lang)) ??
  (await unreachedAlarm(house, staff, lang)) ??
  (await looksAlarm(house, staff, lang)) ??
  (await hotlineAlarm(house, staff, lang));

/** How the promise of fifteen minutes stands: late and endangered are the numbers to be woken by. */
async function outboxNumbers(house: House): Promise<Record<string, number>> {
  const now = house.clock.now();
  const { oldestDueAt, ...counts } = await outboxState(house.db, now);
  return {
    ...counts,
    oldestOverdueSeconds: oldestDueAt ? Math.max(0, (now.getTime() - oldestDueAt.getTime()) / 1000) : 0,
  };
}
