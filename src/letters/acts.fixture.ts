import { parse } from "csv-parse/sync";
import type { Dice } from "../../test/dice.ts";
import type { TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { getByAddressee, noteOpened } from "./entry.ts";
import { aSentLetter, OFFICE } from "./letters.fixture.ts";
import { registerCsv } from "./print.ts";
import { signReceipt } from "./sign.ts";
import { listLetters } from "./store.ts";
import { addresseesOf } from "./store-addressees.ts";
import { answerAddressee, askSender } from "./talk.ts";

/** Letters lived at random, with a ledger that the product never sees, and what the desk's pages count of them. */
interface Followed {
  letter: string;
  name: string;
  isOpened: boolean;
  isSigned: boolean;
  waits: boolean;
}
/** By addressee. */
export type LetterLedger = Map<string, Followed>;

/** Few, as each is a PDF: most acts are those of addressees. */
const LETTERS = 4;

export async function actOnLetters(house: TestHouse, dice: Dice, ledger: LetterLedger, staff: Staff): Promise<void> {
  house.clock.moveTo(new Date(house.clock.now().getTime() + 60_000));
  const letters = new Set([...ledger.values()].map(({ letter }) => letter)).size;
  if (letters === 0 || (letters < LETTERS && dice.roll() < 0.1)) {
    const letter = await aSentLetter(house, staff, { number: `${letters + 1}/DEMO-VX` });
    for (const { addresseeId, name } of await addresseesOf(house.db, letter)) {
      ledger.set(addresseeId, { letter, name, isOpened: false, isSigned: false, waits: false });
    }
    return;
  }
  const [id, followed] = dice.pick([...ledger]);
  const about = await getByAddressee(house, id);
  const now = house.clock.now();
  const chosen = dice.roll();
  if (chosen < 0.4) {
    await noteOpened(house, id, now);
    followed.isOpened = true;
  } else if (chosen < 0.6) {
    const form = { signer: "Trần Thị Nhận", position: "Văn thư", place: "Xã Mẫu", drawing: STROKES };
    const signing = signReceipt(house, about, { form, way: "drawn", now });
    await (followed.isSigned ? signing.catch(() => undefined) : signing);
    Object.assign(followed, { isOpened: true, isSigned: true });
  } else {
    const isAnswer = chosen > 0.8;
    const said = isAnswer
      ? answerAddressee(house, about, "Có.", staff)
      : askSender(house, about, "Có phải không?", undefined);
    const isFull = await said.then(
      () => false,
      () => true,
    );
    if (!isFull) followed.waits = !isAnswer;
  }
}

const STROKES = "10,20 30,40 50,60 70,80;100,20 120,40 140,60 160,80";

/** What the list of letters and each register say, and what the ledger does: both as lines that should be the same. */
export async function registersOf(
  house: TestHouse,
  ledger: LetterLedger,
): Promise<{ told: string[]; truth: string[] }> {
  const told: string[] = [];
  for (const one of await listLetters(house.db, { offices: [OFFICE], units: [] }, { limit: LETTERS })) {
    told.push(`${one.id}: ${one.addressees} ${one.opened} ${one.signed} ${one.unanswered}`);
    const csv = registerCsv({ addressees: await addresseesOf(house.db, one.id), lang: "vi" });
    const [, ...rows] = parse(csv, { bom: true }) as string[][];
    for (const [, , name, stand] of rows) told.push(`${one.id} ${name}: ${stand}`);
  }
  const truth: string[] = [];
  for (const [letter, own] of Map.groupBy(ledger.values(), (one) => one.letter)) {
    const count = (is: (one: Followed) => boolean) => own.filter(is).length;
    const [opened, signed] = [count(({ isOpened }) => isOpened), count(({ isSigned }) => isSigned)];
    truth.push(`${letter}: ${own.length} ${opened} ${signed} ${count(({ waits }) => waits)}`);
    for (const { name, isOpened, isSigned } of own) {
      truth.push(`${letter} ${name}: ${isSigned ? "đã ký nhận" : isOpened ? "đã mở, chưa ký" : "chưa mở"}`);
    }
  }
  return { told: told.sort(), truth: truth.sort() };
}
