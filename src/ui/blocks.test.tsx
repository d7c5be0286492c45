import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import {
  type Column,
  DataTable,
  DeadlineNote,
  Details,
  Notice,
  Pagination,
  SummaryList,
  Tag,
  Timeline,
  type Tone,
} from "./index.ts";

interface Visit {
  id: string;
  place: string;
  paid: string;
}
const columns: Column<Visit>[] = [
  { head: "Ngày", cell: (visit) => visit.id },
  { head: "Cơ sở", cell: (visit) => visit.place, isMain: true },
  { head: "Chi phí", cell: (visit) => visit.paid, isNumber: true },
];
const visits = [
  { id: "1", place: "Trạm y tế <b>", paid: "85.000 đ" },
  { id: "2", place: "Bệnh viện Đồi Thông", paid: "1.250.000 đ" },
];

describe("a table", () => {
  it("keeps its roles when it is laid out as cards, and repeats the heading of each cell", () => {
    const html = renderToString(<DataTable caption="Các lần khám" columns={columns} rows={visits} />);
    expect(html).toContain('<table class="table" role="table"><caption>Các lần khám</caption>');
    expect(html.match(/role="row"/g)).toHaveLength(3);
    expect(html).toContain('<th role="rowheader" scope="row">Trạm y tế &lt;b></th>');
    expect(html).toContain('<td role="cell" data-head="Chi phí" class="number"><span>85.000 đ</span></td>');
  });

  it("says what is missing and shows no empty table", () => {
    const html = renderToString(
      <DataTable caption="x" columns={columns} rows={[]} empty={<p>Chưa có lần khám nào.</p>} />,
    );
    expect(html).toBe('<div class="empty"><p>Chưa có lần khám nào.</p></div>');
    expect(renderToString(<DataTable caption="x" columns={columns} rows={[]} />)).toContain("Chưa có gì ở đây.");
  });

  it("ends with its totals", () => {
    const html = renderToString(
      <DataTable caption="x" columns={columns} rows={visits} footer={["Cộng", "", "1.335.000 đ"]} />,
    );
    expect(html).toMatch(/<tfoot.*Cộng.*data-head="Chi phí" class="number"><span>1\.335\.000 đ/);
  });
});

describe("meaning without colour", () => {
  it("gives every tone of a tag its own shape", () => {
    const tones: Tone[] = ["plain", "now", "good", "warning", "danger"];
    const shapes = tones.map((tone) => /<path d="([^"]+)"/.exec(renderToString(<Tag tone={tone}>x</Tag>))?.[1]);
    expect(new Set(shapes).size).toBe(tones.length);
  });

  it("says the kind of a notice in a hidden word", () => {
    expect(renderToString(<Notice kind="danger">Thẻ hết hạn</Notice>)).toContain(
      '<span class="unseen">Quan trọng: </span>',
    );
  });

  it("says which step of a timeline is done, present and to come", () => {
    const html = renderToString(
      <Timeline
        items={[
          { title: "Xác nhận", state: "done" },
          { title: "Nộp", state: "now" },
          { title: "Kết quả", state: "next" },
        ]}
      />,
    );
    expect(html).toContain("Đã xong: </span>Xác nhận");
    expect(html).toContain("Sắp tới: </span>Kết quả");
    expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  });
});

describe("other blocks", () => {
  it("a change link names what it changes", () => {
    const html = renderToString(
      <SummaryList
        rows={[{ key: "Họ và tên", value: "Đỗ Thị Na", change: { href: "/register/name", label: "Sửa" } }]}
      />,
    );
    expect(html).toContain('<a href="/register/name">Sửa<span class="unseen"> Họ và tên</span></a>');
  });

  it("a deadline stands in words, with what is left of it", () => {
    const html = renderToString(<DeadlineNote label="Hạn nộp" deadline="thứ Năm, 03/12/2026" left="còn 10 ngày" />);
    expect(html).toContain('thứ Năm, 03/12/2026<span class="deadline-left"> (còn 10 ngày)</span>');
  });

  it("pages forward and back only where there is a page", () => {
    expect(renderToString(<Pagination />)).toBe("");
    const html = renderToString(<Pagination older="/app/visits?cursor=a&b" />);
    expect(html).toContain('rel="next" href="/app/visits?cursor=a&amp;b"');
    expect(html).not.toContain('rel="prev"');
  });

  it("folds details by the browser's own means", () => {
    expect(renderToString(<Details summary="Tại sao?">Vì vậy.</Details>)).toMatch(
      /^<details class="details"><summary>Tại sao\?/,
    );
  });
});
