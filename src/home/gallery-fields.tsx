import {
  Acts,
  Button,
  ButtonLink,
  Checkboxes,
  DateField,
  ErrorSummary,
  FileField,
  Form,
  PasswordField,
  Radios,
  Select,
  TextArea,
  TextField,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";

/** The longest and most marked texts that a page must hold. */
export const LONG_NAME = "NGUYỄN THỊ DIỄM HƯƠNG";
export const LONG_PLACE = "Ấp Đồng Xoài, Phường Ẵng Ừ";

const offices = [
  { value: "a", label: "BHXH cơ sở Sông Trong" },
  { value: "b", label: `BHXH cơ sở ${LONG_PLACE}` },
];
const papers = [
  { value: "cccd", label: "Căn cước hoặc căn cước công dân", hint: "Số có 12 chữ số" },
  { value: "passport", label: "Hộ chiếu" },
];
const faults = [
  { field: "wrong-name", text: "Nhập họ và tên như trên giấy tờ." },
  { field: "wrong-birth", text: "Tháng 2 không có ngày 30." },
];

export function FieldsShown({ ask }: { ask: Ask }) {
  return (
    <>
      <h2>ErrorSummary</h2>
      <ErrorSummary ask={ask} faults={faults} />
      <Form ask={ask} action="/dev/ui" multipart>
        <Empty />
        <Filled />
        <Wrong />
        <h2>Button</h2>
        <Acts>
          <Button>Tiếp tục</Button>
          <Button kind="quiet">Để sau</Button>
          <Button kind="danger">Rút tờ khai</Button>
          <ButtonLink href="/dev/ui">Xác nhận và lấy mã</ButtonLink>
        </Acts>
      </Form>
    </>
  );
}

function Empty() {
  return (
    <>
      <h2>Empty</h2>
      <TextField name="name" label="Họ và tên" hint="Như trên giấy tờ, có dấu" autoComplete="name" />
      <TextField name="email" label="Thư điện tử" type="email" optional />
      <TextField name="salary" label="Mức lương đóng" inputMode="numeric" width="half" suffix="đ" />
      <DateField
        name="birth"
        label="Ngày sinh"
        hint="Ví dụ: 17 3 1955"
        value={{}}
        yearOnlyHint="Chỉ nhớ năm? Để trống ngày và tháng."
      />
      <Radios name="paper" label="Giấy tờ tùy thân" options={papers} />
      <Radios
        name="sex"
        label="Giới tính"
        options={[
          { value: "m", label: "Nam" },
          { value: "f", label: "Nữ" },
        ]}
        inline
      />
      <Checkboxes
        name="told"
        label="Báo tin bằng"
        options={[
          { value: "sms", label: "Tin nhắn" },
          { value: "mail", label: "Thư điện tử" },
        ]}
      />
      <Select name="office" label="Cơ quan tiếp nhận" options={offices} />
      <TextArea name="note" label="Điều cần nói thêm" optional />
      <FileField name="photo" label="Ảnh giấy tờ" hint="Ảnh JPEG hoặc PNG, tối đa 8 MB" accept="image/jpeg,image/png" />
      <PasswordField
        name="password"
        label="Mật khẩu mới"
        autoComplete="new-password"
        rules={["Ít nhất 12 ký tự", "Không dùng tên, ngày sinh hoặc số điện thoại"]}
      />
    </>
  );
}

function Filled() {
  return (
    <>
      <h2>Filled, long</h2>
      <TextField name="full-name" label="Họ và tên" value={LONG_NAME} />
      <DateField name="full-birth" label="Ngày sinh" value={{ day: "17", month: "3", year: "1955" }} />
      <Radios name="full-paper" label={`Giấy tờ của ${LONG_NAME}`} options={papers} value="cccd" />
      <Checkboxes
        name="full-told"
        label="Báo tin bằng"
        options={[{ value: "sms", label: "Tin nhắn" }]}
        values={["sms"]}
      />
      <Select name="full-office" label="Cơ quan tiếp nhận" options={offices} value="b" />
      <TextArea name="full-note" label="Địa chỉ" value={`${LONG_NAME} — ${LONG_PLACE}`} />
    </>
  );
}

function Wrong() {
  return (
    <>
      <h2>Wrong</h2>
      <TextField name="wrong-name" label="Họ và tên" value="" error="Nhập họ và tên như trên giấy tờ." />
      <DateField
        name="wrong-birth"
        label="Ngày sinh"
        value={{ day: "30", month: "2", year: "1990" }}
        error="Tháng 2 không có ngày 30."
      />
      <Radios name="wrong-paper" label="Giấy tờ tùy thân" options={papers} error="Chọn loại giấy tờ sẽ mang theo" />
      <Select name="wrong-office" label="Cơ quan tiếp nhận" options={offices} error="Chọn nơi nộp tờ khai" />
      <TextArea name="wrong-note" label="Điều cần nói thêm" value="…" error="Viết ít nhất mười chữ" />
      <FileField name="wrong-photo" label="Ảnh giấy tờ" accept="image/jpeg" error="Chọn một ảnh nhỏ hơn 8 MB." />
      <PasswordField
        name="wrong-password"
        label="Mật khẩu"
        autoComplete="current-password"
        error="Mật khẩu chưa đúng"
      />
    </>
  );
}
