/** The acts of the crash loop on the picture of a guardian's paper: with a link at the counter, and with a child's file. */
import sharp from "sharp";
import { type AccountAct, AccountLife, posted } from "./crash-account-life.ts";
import { linkProposed, OFFICER, paperForm, proposal, saysLink, seesWards } from "./crash-acts-guardian.ts";
import { timesOf } from "./crash-books.ts";
import { sessionOfStaff } from "./crash-sessions.ts";
import type { Answered } from "./lives-caller.ts";

const PICTURE = { field: "copy", jpeg: await paperPicture() };
/** The picture is kept sealed, under a key of its own. */
const kept = { "picture of a paper": 1, "key of one object": 1 };

/** The link is proposed once, and whoever opens it sees its picture. */
const proposeWithPicture: AccountAct = async (ground) => {
  const { guardian, ward, asked, session } = await proposal(ground);
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked: { ...asked, picture: PICTURE },
    says: saysLink,
    isToCome,
    // The form that is shown again is a look of its own.
    trace: { line: "record guardian.look", isOfEach: true, most: 2 },
    written: () => ({ ...linkProposed, ...kept }),
    async outside({ to, status }) {
      const none = await seesWards(guardian, 0);
      // Whoever was told that there is such a link already does not know where.
      if (status !== 303) return none;
      const looking = { method: "GET", path: `${to}/paper`, cookie: `vssid_session=${session}` } as const;
      const shown = await guardian.answered(looking);
      const isShown = shown?.status === 200 && shown.type === "image/jpeg";
      return isShown ? none : [...none, `the picture is answered ${shown?.status}`];
    },
  };
};

/** A form bears no key: named again the guardian is named anew, on a paper that is filed anew; the last one counts. */
const nameWithPicture: AccountAct = async (ground) => {
  const guardian = await new AccountLife(ground).settled();
  const ward = await new AccountLife(ground, ground.cast.child()).upTo("receive");
  const path = `/console/files/${ward.fileCode}`;
  const session = await sessionOfStaff(ground.stand, OFFICER);
  return {
    people: [guardian.person.insurance, ward.person.insurance],
    asked: { ...posted(ground, session, `${path}/guardian`, paperForm(guardian.person)), picture: PICTURE },
    says: ({ status, to }) => (status === 303 && to === path ? "done" : undefined),
    isToCome,
    isEachTime: true,
    written: (times) => ({
      ...timesOf({ "record guardian.name": 1, "file was paper_filed": 1, "paper of a guardian": 1, ...kept }, times),
      "guardian named": Math.min(times, 1),
    }),
    outside: () => seesWards(guardian, 0),
  };
};

/** More pictures are looked at than the machine can at that moment; nothing is kept, and the form says so. */
const isToCome = ({ status, text }: Answered) => status === 422 && text.includes("Đang có nhiều ảnh");

function paperPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const create = { width: 900, height: 640, channels: 3, background: "#ddeedd" } as const;
  return sharp({ create })
    .jpeg()
    .toBuffer()
    .then((bytes) => new Uint8Array(bytes));
}

export const paperActs = {
  "propose a link with a picture": proposeWithPicture,
  "name a guardian with a picture": nameWithPicture,
} satisfies Record<string, AccountAct>;
