import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import {
  Checkboxes,
  DateField,
  ErrorSummary,
  FileField,
  Form,
  PasswordField,
  Radios,
  Select,
  Speech,
  TextArea,
  TextField,
} from "./index.ts";

const HOSTILE = `"><script>alert('x')</script>&`;
const two = [
  { value: "a", label: "Căn cước" },
  { value: "b", label: "Hộ chiếu", hint: "Sổ màu tím than" },
];

/** Every kind of field, with the same words. */
const fields: Record<string, (words: { name: string; label: string; hint?: string; error?: string }) => VNode> = {
  TextField: (words) => <TextField {...words} />,
  TextArea: (words) => <TextArea {...words} />,
  Select: (words) => <Select {...words} options={two} />,
  FileField: (words) => <FileField {...words} accept="image/jpeg" />,
  PasswordField: (words) => <PasswordField {...words} autoComplete="new-password" />,
  DateField: (words) => <DateField {...words} value={{}} />,
  Radios: (words) => <Radios {...words} options={two} />,
  Checkboxes: (words) => <Checkboxes {...words} options={two} />,
};
const boxes = ["TextField", "TextArea", "Select", "FileField", "PasswordField"];
const groups = ["DateField", "Radios", "Checkboxes"];

const htmlOf = (name: string, error?: string) =>
  renderToString(
    fields[name]?.({ name: "q", label: "Câu hỏi", hint: "Gợi ý", ...(error ? { error } : {}) }) ?? <p>missing</p>,
  );
const idsOf = (html: string) => [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);

describe("a field", () => {
  it.each(boxes)("%s ties its label, hint and error to its box", (name) => {
    const html = htmlOf(name, "Hãy trả lời");
    expect(html).toContain('<label class="label" for="q">Câu hỏi</label>');
    expect(html).toMatch(/<(input|select|textarea)[^>]* id="q"/);
    expect(html).toMatch(/<(input|select|textarea)[^>]* aria-describedby="q-hint q-error/);
    expect(html).toContain('aria-invalid="true"');
  });

  it.each(groups)("%s asks its question in a legend, and the summary's link leads to its first box", (name) => {
    const html = htmlOf(name, "Hãy trả lời");
    expect(html).toMatch(/<fieldset[^>]* aria-describedby="q-hint q-error"/);
    expect(html).toMatch(/<legend[^>]*>Câu hỏi<\/legend>/);
    expect(html).toMatch(/<input[^>]* id="q"/);
  });

  it.each([...boxes, ...groups])("%s says nothing of errors when there is none", (name) => {
    expect(htmlOf(name)).not.toMatch(/error|invalid|Lỗi/);
  });

  it.each([...boxes, ...groups])("%s gives every id once and points at none that is missing", (name) => {
    const html = htmlOf(name, "Hãy trả lời");
    const ids = idsOf(html);
    expect(new Set(ids).size).toBe(ids.length);
    const pointed = [...html.matchAll(/(?:for|aria-describedby)="([^"]+)"/g)].flatMap(([, list = ""]) =>
      list.split(" "),
    );
    expect(pointed.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("begins its error with a hidden word, in the language of the page", () => {
    expect(htmlOf("TextField", "Hãy trả lời")).toContain('<span class="unseen">Lỗi:</span> Hãy trả lời');
    const english = renderToString(
      <Speech.Provider value="en">
        <TextField name="q" label="Question" error="Answer this" optional />
      </Speech.Provider>,
    );
    expect(english).toContain('<span class="unseen">Error:</span> Answer this');
    expect(english).toContain("(optional)");
  });

  it("gives back what was typed, unchanged and harmless", () => {
    const shown = [
      <TextField key="1" name="q" label={HOSTILE} hint={HOSTILE} error={HOSTILE} value={HOSTILE} />,
      <TextArea key="2" name="q" label="Câu hỏi" value={HOSTILE} />,
      <Radios key="3" name="q" label={HOSTILE} options={[{ value: HOSTILE, label: HOSTILE, hint: HOSTILE }]} />,
      <Select key="4" name="q" label="Câu hỏi" options={[{ value: HOSTILE, label: HOSTILE }]} />,
    ].map((field) => renderToString(field));
    for (const html of shown) expect(html).not.toContain("<script>");
    expect(shown[0]).toContain(`value="&quot;>&lt;script>alert('x')&lt;/script>&amp;"`);
  });

  it("can be the heading of a page with one question", () => {
    expect(renderToString(<TextField name="q" label="Họ và tên?" asHeading />)).toMatch(/<h1[^>]*><label[^>]*for="q"/);
    expect(renderToString(<Radios name="q" label="Ai?" options={two} asHeading />)).toMatch(/<legend[^>]*><h1/);
  });
});

describe("answers to choose from", () => {
  it("mark what was chosen before", () => {
    expect(renderToString(<Radios name="q" label="Q" options={two} value="b" />)).toMatch(/value="b" checked/);
    expect(
      renderToString(<Checkboxes name="q" label="Q" options={two} values={["a", "b"]} />).match(/checked/g),
    ).toHaveLength(2);
    expect(renderToString(<Select name="q" label="Q" options={two} value="b" />)).toMatch(
      /<option[^>]*selected[^>]*>Hộ chiếu/,
    );
  });

  it("start with nothing chosen", () => {
    expect(renderToString(<Radios name="q" label="Q" options={two} />)).not.toContain("checked");
    expect(renderToString(<Select name="q" label="Q" options={two} />)).toMatch(/<option value(="")?>Chọn…/);
  });

  it("take a blank placeholder of the page's own", () => {
    expect(renderToString(<Select name="q" label="Q" options={[]} placeholder="Chọn tỉnh" />)).toContain(">Chọn tỉnh<");
  });
});

describe("the date of birth", () => {
  it("is three numeric boxes named day, month and year", () => {
    const html = renderToString(
      <DateField name="birth" label="Ngày sinh" value={{ day: "17", month: "3", year: "1955" }} isBirth />,
    );
    const names = [...html.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(["birth_day", "birth_month", "birth_year"]);
    expect(html.match(/inputmode="numeric"/gi)).toHaveLength(3);
    expect(html).toContain('autocomplete="bday-day"');
  });
});

describe("a password box", () => {
  it("never carries a value, and shows the rules before anything is typed", () => {
    const html = renderToString(
      <PasswordField name="p" label="Mật khẩu mới" autoComplete="new-password" rules={["Ít nhất 12 ký tự"]} />,
    );
    expect(html).not.toContain("value=");
    expect(html.indexOf("Ít nhất 12 ký tự")).toBeLessThan(html.indexOf("<input"));
    expect(html).toContain('aria-describedby="p-rules"');
    expect(html).not.toContain("<button");
  });
});

describe("a form", () => {
  it("posts, carries the token of the session and leaves checking to the server", () => {
    const html = renderToString(
      <Form ask={{ formToken: "t-9" }} action="/register/name">
        <p>…</p>
      </Form>,
    );
    expect(html).toContain('method="post"');
    expect(html).toContain("novalidate");
    expect(html).toContain('<input type="hidden" name="_token" value="t-9"');
    expect(html).not.toContain("enctype");
  });

  it("sends files only when it says so", () => {
    const html = renderToString(
      <Form ask={{ formToken: "t" }} action="/x" multipart>
        {null}
      </Form>,
    );
    expect(html).toContain('enctype="multipart/form-data"');
  });
});

describe("the error summary", () => {
  it("takes the focus and links each fault to its field", () => {
    const faults = [
      { field: "name", text: "Nhập họ và tên" },
      { field: "birth", text: "Nhập ngày sinh" },
    ];
    const html = renderToString(<ErrorSummary ask={{ lang: "vi" }} faults={faults} />);
    expect(html).toContain("autofocus");
    expect(html).toContain('tabindex="-1"');
    expect(html).toContain("Có 2 chỗ cần sửa");
    expect(html).toContain('<a href="#name">Nhập họ và tên</a>');
  });

  it("is not there when nothing is wrong", () => {
    expect(renderToString(<ErrorSummary ask={{ lang: "vi" }} faults={[]} />)).toBe("");
  });
});
