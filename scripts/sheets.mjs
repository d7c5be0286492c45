// Writes the pages that are made from a sheet: docs/laws/duties.md, docs/laws/impact-assessment.md, docs/security/asvs.md
// and wcag.md, each from the JSON beside it. test/unit/duties.test.ts, asvs.test.ts and wcag.test.ts hold pages to sheets.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const MADE = "<!-- Made from the JSON beside it: node scripts/sheets.mjs -->";

const row = (...cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head, rows) => [row(...head), row(...head.map(() => "---")), ...rows].join("\n");
const code = (paths) => paths.map((path) => `\`${path}\``).join(", ") || "–";

/** A duty is met, met in part (something is still open), or open. */
export function stateOf({ code: places, open }) {
  if (places.length === 0) return "open";
  return open ? "part" : "met";
}

export function dutiesPage({ sources, duties }) {
  const says = { met: "có / met", part: "một phần / part", open: "chưa / open" };
  const counts = Object.keys(says).map((state) => duties.filter((duty) => stateOf(duty) === state).length);
  const parts = sources.map(({ key, name, nameVi }) => {
    const rows = duties
      .filter(({ source }) => source === key)
      .map((duty) => {
        const tests = duty.tests.map(({ file, title }) => `\`${file}\`: ${title.replaceAll("%s", "…")}`).join("<br>");
        const state = says[stateOf(duty)] + (duty.open ? `: ${duty.open}` : "");
        return row(duty.id, duty.clause, `${duty.dutyVi}<br>${duty.duty}`, code(duty.code), tests || "–", state);
      });
    return `## ${nameVi}\n\n${name}\n\n${table(["id", "clause", "nghĩa vụ / duty", "code", "test", "state"], rows)}`;
  });
  return `${MADE}
# Nghĩa vụ pháp lý → mã nguồn → kiểm thử / Duty → code → test

Dành cho người phụ trách bảo vệ dữ liệu: mỗi nghĩa vụ của công văn và các văn bản đang có hiệu lực, nơi thực hiện trong hệ thống, và kiểm thử chứng minh. “Chưa” thì nêu rõ vì sao. Luật sư phải xác nhận trước khi chạy thật: văn bản năm 2025–2026 được đọc qua bản sao không chính thức.

For the data-protection officer: each duty of the letter and of the texts in force, where the system does it, and the test that shows it. What is open says why. A lawyer must confirm this before going live: texts of 2025–2026 were read in copies that are not official. That every file, symbol and test named here exists is itself a test (\`test/unit/duties.test.ts\`).

${table(["có / met", "một phần / part", "chưa / open"], [row(...counts)])}

${parts.join("\n\n")}
`;
}

export function assessmentPage(sheet) {
  const list = (lines) => lines.map(([en, vi]) => `- ${vi}<br>${en}`).join("\n");
  const parts = sheet.purposes.map(
    (one) => `### \`${one.code}\`: ${one.whatVi}

${one.what}

${table(
  ["", "tiếng Việt", "English"],
  [
    row("căn cứ / basis", one.basisVi, one.basis),
    row("dữ liệu / data", one.dataVi, one.data),
    row("ai xem / seen by", one.seenByVi, one.seenBy),
    row("giữ bao lâu / kept", one.keptVi, one.kept),
    row("rủi ro / risk", one.riskVi, one.risk),
    row("biện pháp / measures", code(one.measures), ""),
  ],
)}`,
  );
  return `${MADE}
# Đánh giá tác động xử lý dữ liệu cá nhân / Impact assessment

Luật 91/2025/QH15, điều 21–22; NĐ 356/2025/NĐ-CP. ${sheet.systemVi}.

${sheet.system}. Each purpose of the registry of addresses (\`src/web/route.ts\`) and of the record of looks has its part here; a test compares them.

## Đơn vị vận hành điền / For the operator to fill in

${sheet.toFill.map(([en, vi]) => `- ${vi}: ………<br>${en}`).join("\n")}

## Số liệu quyết định cấp độ / Figures that decide the level

${list(sheet.figures)}

## Mục đích xử lý / Purposes

${parts.join("\n\n")}

## Rủi ro còn lại / What risk is left

${list(sheet.left)}
`;
}

const LEVELS = [1, 2, 3];
const VERDICTS = ["met", "not applicable", "open"];

export function asvsPage(sheet) {
  const of = (rows, verdict) => rows.filter((one) => one.verdict === verdict).length;
  const levels = LEVELS.map((level) => {
    const rows = sheet.filter((one) => one.level === level);
    return row(level, ...VERDICTS.map((verdict) => of(rows, verdict)));
  });
  const chapters = [...new Set(sheet.map(({ id }) => id.split(".")[0]))].map((chapter) => {
    const rows = sheet.filter(({ id }) => id.startsWith(`${chapter}.`));
    return row(`V${chapter}`, ...VERDICTS.map((verdict) => of(rows, verdict)));
  });
  const shortOf = (isWanted) => sheet.filter(({ verdict, level }) => verdict === "open" && isWanted(level));
  const whys = (rows) =>
    table(
      ["id", "level", "why"],
      rows.map((one) => row(one.id, one.level, one.reason)),
    );
  const tested = sheet.filter(({ verdict, test }) => verdict === "met" && test).length;
  return `${MADE}
# OWASP ASVS 5.0.0

Each of the 345 requirements has a row in [asvs.json](asvs.json): its id, its level, our verdict and what it stands on, a file or a test by a part of its name. \`test/unit/asvs.test.ts\` holds the sheet to what is in the repository, and this page to the sheet. The words of the requirements are the publisher's and are not repeated here.

${table(["level", ...VERDICTS], levels)}

All ${sheet.length} are judged, by reading the sources. Of the ${of(sheet, "met")} that are met, ${tested} stand on a named test, the others on a file. What the standard wants written down stands beside this page: [input](input.md), [access](access.md), [cryptography](cryptography.md), [operation](operation.md), [data](data.md); \`test/unit/security-documents.test.ts\` compares them with the sources.

**Open** says why, and where it is in our hands what would close it.

**6.2.10** is not met and stays so: letter 330/UBND-VX orders that a password is changed at least every six months, and law prevails. What softens it stands in [decision 0008](../decisions/0008-passwords.md): warnings ahead, nobody locked out, small changes of the old one refused; whoever has a passkey may drop the password.

**8.2.2** stands on two walls: the check of every handler (\`test/store/access\`), and row-level security on the tables of health, pay, cards and households, of registration files, their pictures, reports and requests, and of what people write themselves, for whatever a check misses ([decisions 0042](../decisions/0042-the-second-wall.md), [0060](../decisions/0060-the-desk-has-a-wall-too.md), [0068](../decisions/0068-the-wall-of-what-people-write.md), \`test/store/wall.store.test.ts\`, \`test/store/wall-written.store.test.ts\`, \`test/store/desk-wall.store.test.ts\`). The second one holds citizens, strangers, staff who open no records (coordinators, leaders, the hotline, auditors), officers and supervisors by their cases and their offices (\`test/store/desk-wall-offices.store.test.ts\`). So **8.3.3** is met: what is read of a person is read with the rights of who asks, by a setting that the address sets and no handler. What the desk writes for itself is held by office, and from citizens altogether ([decision 0069](../decisions/0069-the-desks-own-rows.md), \`test/store/wall-desk-own.store.test.ts\`). Tickets on the pages of the hotline, messages and papers of guardians are held by the first wall alone; facilities, which only send, write with the rights of the application.

## By chapter

${table(["chapter", ...VERDICTS], chapters)}

## Levels 1 and 2, not met

${whys(shortOf((level) => level < 3))}

## Level 3, not met

${whys(shortOf((level) => level === 3))}
`;
}

/** What is judged, as test/journeys/main-screens.ts names it. */
export const MAIN_SCREENS = {
  "/": "the first page",
  "the question “paper”": "a question of form 01",
  "the check of all answers": "the check of form 01",
  "the receipt": "its receipt, with the last day",
  "the pictures of a declaration": "pictures sent with it",
  "/sign-in": "the sign-in",
  "the password page": "the change of a password",
  "/app of the worker": "home with the card",
  "/app/participation of the worker": "the years of participation",
  "one visit": "one visit with its costs",
  "the queue": "the officer's queue",
  "the file of Trần Thị Thuý Hoà": "a file, compared and decided",
};

/** R38 in one line. */
export function wcagFigure(sheet) {
  const of = (verdict) => sheet.filter((one) => one.verdict === verdict).length;
  return `${of("met")} of ${sheet.length} met, ${of("not applicable")} not applicable, ${of("open")} open`;
}

export function wcagPage(sheet) {
  const levels = ["A", "AA"].map((level) => {
    const rows = sheet.filter((one) => one.level === level);
    return row(level, ...VERDICTS.map((verdict) => rows.filter((one) => one.verdict === verdict).length));
  });
  const rows = sheet.map((one) => {
    const shown = one.evidence ? `\`${one.evidence}\`: ${one.test}` : "–";
    return row(one.id, one.level, one.name, one.verdict, shown, one.reason ?? "");
  });
  const screens = Object.values(MAIN_SCREENS).map((what, at) => `${at + 1}. ${what}`);
  return `${MADE}
# WCAG 2.2

The 55 success criteria of levels A and AA, judged on twelve main screens by reading the sources and by tests: ${wcagFigure(sheet)} (R38). [wcag.json](wcag.json) has a row for each, by its number and name; the words of the standard are its publisher's and are not repeated here. \`test/unit/wcag.test.ts\` holds the sheet to what is in the repository, and this page to the sheet.

${table(["level", ...VERDICTS], levels)}

## The twelve screens

${screens.join("\n")}

\`test/journeys/pages-wcag.spec.ts\` walks them, in Vietnamese, as \`test/journeys/main-screens.ts\` lists them. What \`test/journeys/walk-pages.ts\` asks (axe with its usual rules and the stricter ones for contrast and targets, the outline as it is heard, 320 px with the longest names) it asks of every page of the registry, in both languages. Signing in, changing a password and sending a picture are done by the keyboard alone in a window of 320 × 256 px, which is 1,280 × 1,024 enlarged to 400 % (\`test/journeys/lives/keyboard-record.spec.ts\`, \`keyboard-upload.spec.ts\`).

A machine sees a part of what the criteria ask, and the rest was judged by reading. Nobody with a screen reader has tried the pages for this sheet; the operator should have people do so before going live.

## By criterion

${table(["id", "level", "name", "verdict", "shown by", "remark"], rows)}
`;
}

if (process.argv[1] === import.meta.filename) {
  const pages = {
    "laws/duties": dutiesPage,
    "laws/impact-assessment": assessmentPage,
    "security/asvs": asvsPage,
    "security/wcag": wcagPage,
  };
  for (const [name, page] of Object.entries(pages)) {
    const sheet = JSON.parse(readFileSync(join(root, `docs/${name}.json`), "utf8"));
    writeFileSync(join(root, `docs/${name}.md`), page(sheet));
  }
}
