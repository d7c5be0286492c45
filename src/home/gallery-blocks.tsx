import {
  type Column,
  DataTable,
  DeadlineNote,
  Details,
  ErrorSummary,
  HeldUp,
  Hotline,
  Hours,
  LawNote,
  Notice,
  Pagination,
  Panel,
  PaperSeenFields,
  PasskeyForm,
  Pills,
  QrCode,
  ReportedNote,
  ScamWarning,
  Steps,
  SummaryList,
  Tag,
  TickList,
  Timeline,
  UndrawnNote,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { LONG_NAME, LONG_PLACE } from "./gallery-fields.tsx";

interface Visit {
  day: string;
  facility: string;
  paid: string;
}

const visits: Visit[] = [
  { day: "14/10/2026", facility: "Trạm y tế xã Sông Trong", paid: "85.000 đ" },
  { day: "02/07/2026", facility: `Bệnh viện đa khoa ${LONG_PLACE}`, paid: "1.250.000 đ" },
  { day: "28/02/2026", facility: "Bệnh viện Đồi Thông", paid: "3.485.000 đ" },
];
const columns: Column<Visit>[] = [
  { head: "Ngày khám", cell: (visit) => visit.day },
  { head: "Cơ sở khám chữa bệnh", cell: (visit) => visit.facility, isMain: true },
  { head: "Tổng chi phí", cell: (visit) => visit.paid, isNumber: true },
];

export const blockGroups = [Said, Lists, Ways];

function Lists() {
  return (
    <>
      <h2>SummaryList</h2>
      <SummaryList
        rows={[
          { key: "Họ và tên", value: LONG_NAME, change: { href: "/dev/ui", label: "Sửa" } },
          { key: "Nơi ở", value: LONG_PLACE, change: { href: "/dev/ui", label: "Sửa" } },
          { key: "Ngày sinh", value: "17/03/1955" },
        ]}
      />
      <h2>DataTable</h2>
      <DataTable
        caption="Không có dòng nào"
        columns={columns}
        rows={[]}
        empty={<p>Chưa có lần khám nào từ 01/01/2026. Dữ liệu từ cơ sở khám chữa bệnh có thể chậm vài ngày.</p>}
      />
      <DataTable caption="Một dòng" columns={columns} rows={visits.slice(0, 1)} />
      <DataTable caption="Nhiều dòng" columns={columns} rows={visits} footer={["Cộng", "", "4.820.000 đ"]} />
    </>
  );
}

const faults = [
  { field: "light-wrong-name", text: "Nhập họ và tên như trên giấy tờ." },
  { field: "light-wrong-birth", text: "Tháng 2 không có ngày 30." },
];

/** What may stand on a page only once: what takes the focus, what is read out, ways between pages, what has one name. */
export function ShownOnce({ ask }: { ask: Ask }) {
  return (
    <>
      <h2>ErrorSummary</h2>
      <ErrorSummary ask={ask} faults={faults} />
      <h2>HeldUp</h2>
      <HeldUp title="Chưa gửi được mã" lines={["Đã gửi năm mã trong một giờ.", "Thử lại sau 10:42."]} />
      <h2>ScamWarning</h2>
      <ScamWarning />
      <h2>Pagination</h2>
      <Pagination newer="/dev/ui?newer" older="/dev/ui?older" />
      <h2>PasskeyForm</h2>
      <PasskeyForm
        ask={ask}
        action="/dev/ui"
        options="/dev/ui"
        act="get"
        label="Dùng vân tay, khuôn mặt"
        without="Trình duyệt này chưa bật script. Hãy dùng mật khẩu."
      />
      <h2>PaperSeenFields</h2>
      <PaperSeenFields ask={ask} faults={[{ field: "paper", text: "Chọn giấy tờ đã xem." }]} />
    </>
  );
}

/** Of the desk alone. */
export function DeskPills() {
  return (
    <>
      <h2>Pills</h2>
      <Pills
        label="Hồ sơ"
        links={[
          { href: "/dev/ui", text: "Cần làm", count: 9, isCurrent: true },
          { href: "/dev/ui?none", text: "Chờ người dân nộp", count: 0, isCurrent: false },
          { href: "/dev/ui?all", text: "Tất cả", isCurrent: false },
        ]}
      />
    </>
  );
}

function Said() {
  return (
    <>
      <h2>Notice</h2>
      <Notice kind="info" title="Có thể dừng và làm tiếp sau">
        <p>Ghi lại mã tờ khai để quay lại.</p>
      </Notice>
      <Notice kind="good" title="Đã lưu" />
      <ReportedNote
        reported={{ kind: "info", title: "Đã báo mục này chưa đúng", text: "Trả lời chậm nhất ngày 03/12/2026." }}
      />
      <Notice kind="warning">
        <p>Thông tin chưa khớp. Ông/Bà vẫn nộp được, cán bộ sẽ đối chiếu.</p>
      </Notice>
      <Notice kind="danger" title="Thẻ đã hết hạn">
        <p>{`${LONG_NAME} — ${LONG_PLACE}`}</p>
      </Notice>
      <h2>UndrawnNote</h2>
      <UndrawnNote letters={["王", "小", "明"]} />
      <h2>Tag</h2>
      <p>
        <Tag>Bản nháp</Tag> <Tag tone="now">Đang xem xét</Tag> <Tag tone="good">Chấp nhận</Tag>{" "}
        <Tag tone="warning">Còn 4 phút</Tag> <Tag tone="danger">Không chấp nhận</Tag>
      </p>
      <h2>DeadlineNote</h2>
      <DeadlineNote label="Hạn nộp" deadline="thứ Năm, 03/12/2026" left="còn 10 ngày">
        <p>Quá hạn, tờ khai tự động hủy để bảo vệ dữ liệu của Ông/Bà.</p>
      </DeadlineNote>
      <DeadlineNote label="Hạn nộp" deadline="thứ Năm, 03/12/2026" left="còn 1 ngày" tone="soon" />
      <DeadlineNote label="Hạn nộp" deadline="thứ Năm, 03/12/2026" left="đã quá hạn" tone="over" />
    </>
  );
}

function Ways() {
  return (
    <>
      <h2>Timeline</h2>
      <Timeline
        items={[
          { title: "Đã xác nhận thông tin kê khai", state: "done", when: "10:42 23/11/2026" },
          { title: "Chờ nộp hồ sơ", state: "now", body: <p>Nộp tại BHXH cơ sở Sông Trong.</p> },
          { title: "Nhận kết quả", state: "next" },
          { title: "Không chấp nhận", state: "stopped" },
        ]}
      />
      <h2>Steps</h2>
      <Steps
        items={[{ title: "In và ký tờ khai" }, { title: "Nộp tại quầy", body: <p>Mang theo giấy tờ đã khai.</p> }]}
      />
      <h2>Details</h2>
      <Details summary="Không có máy in thì sao?">
        <p>Cán bộ tiếp nhận in giúp Ông/Bà.</p>
      </Details>
      <h2>Hours</h2>
      <p>
        <Hours text="Thứ Hai–thứ Sáu, 7:30–11:30 và 13:30–17:00" />
      </p>
      <h2>LawNote</h2>
      <LawNote clauses={[{ act: "health188", at: "18.2" }]} />
      <h2>Panel</h2>
      <Panel title={LONG_NAME}>
        <p>{LONG_PLACE}</p>
      </Panel>
      <Panel title="Cần người giúp?" tone="tinted">
        <Hotline />
      </Panel>
      <h2>TickList</h2>
      <TickList items={["Căn cước bản gốc", `Giấy tờ của ${LONG_NAME}`]} />
      <h2>QrCode</h2>
      <QrCode text="BD-4F7K-92QX" says="Mã QR của tờ khai" />
    </>
  );
}
