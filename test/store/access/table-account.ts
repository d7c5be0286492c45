import type { Row } from "./kinds.ts";
import { atCounter, bySupervisor, codeWrong, ofNobody, open, orChanging, ownRecord } from "./rows.ts";

/** Ways to sign in, proving oneself again, reaching the person, ending an account: rows of the access table. */
const withoutKey: Row = { lets: {}, hasThing: false };
/** No identity provider is set here: the address is not there, for nobody. */
const withoutProvider: Row = { lets: {}, hasThing: false };

export const accountRows: Record<string, Row> = {
  "GET /passkey.js": open(),
  "GET /counter-keys.js": open(),
  "GET /assets/:file": ofNobody("file"),

  // The ticket of a right password is the key, and the passkey is: without one everybody is led to the sign-in.
  "GET /sign-in/code": withoutKey,
  "POST /sign-in/code": withoutKey,
  "POST /sign-in/passkey/options": open(),
  "POST /sign-in/passkey": withoutKey,
  "GET /account/recovery/authenticator": open(),
  "POST /account/recovery/authenticator": open(codeWrong),
  "GET /account/recovery/passkey": open(),
  "GET /sign-in/eid": withoutProvider,
  "GET /sign-in/eid/onward": withoutProvider,
  "GET /sign-in/eid/return": withoutProvider,
  "GET /account/proof": orChanging(ownRecord()),
  "POST /account/proof/password": orChanging(
    ownRecord({ given: ({ password }) => ({ form: { password } }), ...codeWrong }),
  ),
  "POST /account/proof/authenticator": orChanging(ownRecord(codeWrong)),
  "POST /account/proof/code": orChanging(ownRecord(codeWrong)),
  "POST /account/proof/passkey": orChanging(ownRecord(codeWrong)),
  "POST /account/proof/passkey/options": orChanging(ownRecord()),
  "GET /account/proof/eid": withoutProvider,
  "GET /account/proof/eid/onward": withoutProvider,

  "GET /account/ways": ownRecord(),
  "GET /account/ways/offer": ownRecord(),
  "GET /account/ways/passkeys": ownRecord(),
  "POST /account/ways/passkeys": ownRecord(codeWrong),
  "POST /account/ways/passkeys/options": ownRecord(),
  "GET /account/ways/passkeys/:id": ofNobody("id"),
  "POST /account/ways/passkeys/:id/name": ofNobody("id"),
  "POST /account/ways/passkeys/:id/removal": ofNobody("id"),
  "GET /account/ways/authenticator": ownRecord(),
  "POST /account/ways/authenticator": ownRecord(codeWrong),
  "POST /account/ways/authenticator/removal": ownRecord(codeWrong),
  "GET /account/ways/authenticator/spare": ownRecord(),
  "POST /account/ways/authenticator/spare": ownRecord(codeWrong),
  "POST /account/ways/password/removal": ownRecord(codeWrong),

  "GET /account/contact": ownRecord(),
  "GET /account/contact/phone": ownRecord(),
  "POST /account/contact/phone": ownRecord(codeWrong),
  "GET /account/contact/email": ownRecord(),
  "POST /account/contact/email": ownRecord(codeWrong),
  "GET /account/contact/code": ownRecord(),
  "POST /account/contact/code": ownRecord(codeWrong),
  "POST /account/contact/stopping": ownRecord(),
  "GET /account/contact/address": ownRecord(),
  "POST /account/contact/address": ownRecord(codeWrong),
  "GET /account/contact/stop": open(),
  "POST /account/contact/stop": open(codeWrong),
  "GET /account/stop": ownRecord(),
  "POST /account/stop": ownRecord(codeWrong),

  // The ticket of who has just stopped is the key: without it everybody is led to the sign-in.
  "GET /account/stop/confirmation": withoutKey,
  "GET /account/confirmations/:reference": ofNobody("reference"),

  "GET /console/account": atCounter(),
  "POST /console/account": atCounter({
    given: ({ insuranceNumber: login }) => ({
      form: { login, reason: "phone", paper: "cccd", checks: ["seen", "face"] },
    }),
    ...codeWrong,
  }),
  "POST /console/account/phone": atCounter(codeWrong),
  "POST /console/account/phone/code": atCounter(codeWrong),
  "POST /console/account/stopping": atCounter(codeWrong),
  "POST /console/account/factors": atCounter(codeWrong),
  "POST /console/account/close": atCounter(codeWrong),
  "POST /console/account/reopen": atCounter(codeWrong),
  "POST /console/account/confirmation": atCounter(codeWrong),
  "GET /console/account/changes": bySupervisor(),
  // The change is named by the form: one that is not there is not there, for nobody.
  "POST /console/account/changes": { lets: {}, hasThing: false },
};
