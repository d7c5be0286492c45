import {
  type Column,
  DataTable,
  DeadlineNote,
  Details,
  Notice,
  Pagination,
  Panel,
  Steps,
  SummaryList,
  Tag,
  Timeline,
} from "../ui/index.ts";
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

export function BlocksShown() {
  return (
    <>
      <Said />
      <h2>SummaryList</h2>
      <SummaryList
        rows={[
          { key: "Họ và tên", value: LONG_NAME, change: { href: "#name", label: "Sửa" } },
          { key: "Nơi ở", value: LONG_PLACE, change: { href: "#name", label: "Sửa" } },
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
      <Pagination newer="/dev/ui?newer" older="/dev/ui?older" />
      <Ways />
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
      <Notice kind="warning">
        <p>Thông tin chưa khớp. Ông/Bà vẫn nộp được, cán bộ sẽ đối chiếu.</p>
      </Notice>
      <Notice kind="danger" title="Thẻ đã hết hạn">
        <p>{`${LONG_NAME} — ${LONG_PLACE}`}</p>
      </Notice>
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
      <h2>Panel</h2>
      <Panel title={LONG_NAME}>
        <p>{LONG_PLACE}</p>
      </Panel>
      <Panel title="Cần người giúp?" tone="tinted">
        <p>Gọi tổng đài 1900 9068.</p>
      </Panel>
    </>
  );
}
