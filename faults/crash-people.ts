/** Made-up people of the crash loop: a seed draws them, and no two of a trial are one. */
import { type Dice, dice } from "../test/dice.ts";
import { type Person, personOf } from "./lives-plan.ts";

export interface CrashPerson extends Person {
  /** YYYY-MM-DD */
  birth: string;
  sex: 1 | 2;
  street: string;
  email: string | null;
  /** Of a child's file: who declares it, and what they are to the child. */
  declarer?: { name: string; as: string };
}

export const mailboxOf = ({ nth }: Pick<Person, "nth">) => `thu.${nth}@example.vn`;

/** Another address than anybody's first. */
export const newMailboxOf = ({ nth }: Pick<Person, "nth">) => `thu.moi.${nth}@example.vn`;

/** Other numbers than anybody's first. */
export const newPhoneOf = ({ phone }: Pick<Person, "phone">) => phone.replace(/^091/, "081");

/** More than one seed needs, and fewer than so many seeds as anybody asks for use up. */
const NUMBERS_A_SEED = 40_000;
/** Other people than those of the acts over HTTP. */
const WORKERS_FIRST = 30_000;
const FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Vũ", "Đặng"];
const MIDDLE = { 1: ["Văn", "Hữu", "Đức"], 2: ["Thị", "Ngọc", "Thu"] } as const;
const GIVEN = ["Mẫu Thử Lỗi", "Thử Nghiệm", "Mẫu An", "Thử Bình", "Mẫu Diệp", "Thử Khuê"];
const STREETS = ["12 Đường Thử", "Thôn Mẫu 2", "Số 7 Ngõ Thử", "Ấp Mẫu 3"];

export class Cast {
  readonly dice: Dice;
  #next: number;

  constructor(seed: number, isOfWorker = false) {
    this.dice = dice(seed * 2 + Number(isOfWorker));
    this.#next = (seed - 1) * NUMBERS_A_SEED + (isOfWorker ? WORKERS_FIRST : 0);
  }

  /** With a mailbox or without. */
  adult(): CrashPerson {
    const person = this.#draw(1950 + this.dice.below(55));
    return this.dice.below(2) === 0 ? { ...person, email: mailboxOf(person) } : person;
  }

  withMailbox(): CrashPerson {
    const person = this.adult();
    return { ...person, email: mailboxOf(person) };
  }

  /** Declared by a parent. */
  child(): CrashPerson {
    return { ...this.#draw(2014 + this.dice.below(10)), declarer: { name: "Trần Thị Mẹ Thử", as: "Mẹ" } };
  }

  #draw(year: number): CrashPerson {
    this.#next += 1;
    const sex = this.dice.pick([1, 2] as const);
    const two = (below: number) => String(1 + this.dice.below(below)).padStart(2, "0");
    return {
      ...personOf(this.#next),
      sex,
      name: [this.dice.pick(FAMILY), this.dice.pick(MIDDLE[sex]), this.dice.pick(GIVEN)].join(" "),
      birth: `${year}-${two(12)}-${two(28)}`,
      street: this.dice.pick(STREETS),
      email: null,
    };
  }
}
