import { catalogue, type Lang } from "../kernel/words.ts";
import type { Role, StepOf } from "./rules.ts";
import { citizenWords } from "./words-citizens.ts";
import { deskWords } from "./words-desk.ts";
import { driveWords } from "./words-drive.ts";

/** What to do, how, and what the picture shows. */
type ToldStep = readonly [title: string, text: string, picture: string];

interface Told<R extends Role> {
  title: string;
  whom: string;
  steps: Readonly<Record<StepOf<R>, ToldStep>>;
}

export const words = catalogue(
  {
    title: "Hướng dẫn từng bước",
    lead: "Chọn đúng việc của mình. Mỗi hướng dẫn in vừa một tờ A4.",
    groups: { citizens: "Người dân", drive: "Triển khai", desk: "Bàn làm việc" },
    all: "Các hướng dẫn khác",
    print: "Muốn in: dùng lệnh in của trình duyệt, khổ A4.",
    madeUp: "Người và số trong hình đều được dựng lên.",
    inVietnamese: "Hình chụp các trang tiếng Việt.",
    call: "Cần người giúp? Gọi 1900 9068.",
  },
  {
    title: "Step by step",
    lead: "Choose what you do. Each guide prints on one A4.",
    groups: { citizens: "People", drive: "The roll-out", desk: "The desk" },
    all: "Other guides",
    print: "To print it, use the browser's print command, paper A4.",
    madeUp: "People and numbers in the pictures are made up.",
    inVietnamese: "The pictures are in Vietnamese, as the desk is.",
    call: "Need somebody to help? Call 1900 9068.",
  },
);

/** Every guide has the words of exactly its steps, or this does not compile. */
export function toldIn(lang: Lang): { [R in Role]: Told<R> } {
  return { ...citizenWords(lang), ...driveWords(lang), ...deskWords(lang) };
}

/** One guide with its steps in the order in which they are told. */
export function guideIn(lang: Lang, role: Role) {
  const { title, whom, steps } = toldIn(lang)[role];
  const told = Object.entries(steps).map(([key, [name, text, picture]]) => ({ key, name, text, picture }));
  return { title, whom, steps: told };
}

export const GROUPS = {
  citizens: ["new", "app", "helper"],
  drive: ["unit", "commune", "leader"],
  desk: ["counter", "hotline", "operator"],
} as const satisfies Record<keyof typeof words.vi.groups, readonly Role[]>;
