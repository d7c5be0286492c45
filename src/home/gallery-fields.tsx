import {
  Acts,
  Button,
  ButtonLink,
  Checkboxes,
  CodeField,
  DateField,
  FileField,
  PasswordField,
  Radios,
  Select,
  TextArea,
  TextField,
} from "../ui/index.ts";

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
/** The fields by their states. `side` keeps the names apart when the same fields stand on a page twice. */
export const fieldGroups = [Empty, Filled, Wrong, Buttons];

function Buttons() {
  return (
    <>
      <h2>Button</h2>
      <Acts>
        <Button>Tiếp tục</Button>
        <Button kind="quiet">Để sau</Button>
        <Button kind="danger">Rút tờ khai</Button>
        <ButtonLink href="/dev/ui">Xác nhận và lấy mã</ButtonLink>
      </Acts>
    </>
  );
}

function Empty({ side }: { side: string }) {
  return (
    <>
      <h2>Empty</h2>
      <TextField name={`${side}-name`} label="Họ và tên" hint="Như trên giấy tờ, có dấu" autoComplete="name" />
      <TextField name={`${side}-email`} label="Thư điện tử" type="email" optional />
      <TextField name={`${side}-salary`} label="Mức lương đóng" inputMode="numeric" width="half" suffix="đ" />
      <DateField
        name={`${side}-birth`}
        label="Ngày sinh"
        hint="Ví dụ: 17 3 1955"
        value={{}}
        yearOnlyHint="Chỉ nhớ năm? Để trống ngày và tháng."
      />
      <Radios name={`${side}-paper`} label="Giấy tờ tùy thân" options={papers} />
      <Radios
        name={`${side}-sex`}
        label="Giới tính"
        options={[
          { value: "m", label: "Nam" },
          { value: "f", label: "Nữ" },
        ]}
        inline
      />
      <Checkboxes
        name={`${side}-told`}
        label="Báo tin bằng"
        options={[
          { value: "sms", label: "Tin nhắn" },
          { value: "mail", label: "Thư điện tử" },
        ]}
      />
      <CodeField name={`${side}-code`} label="Mã 6 số" hint="Trong tin nhắn vừa gửi" />
      <Select name={`${side}-office`} label="Cơ quan tiếp nhận" options={offices} />
      <TextArea name={`${side}-note`} label="Điều cần nói thêm" optional />
      <FileField
        name={`${side}-photo`}
        label="Ảnh giấy tờ"
        hint="Ảnh JPEG hoặc PNG, tối đa 8 MB"
        accept="image/jpeg,image/png"
      />
      <PasswordField
        name={`${side}-password`}
        label="Mật khẩu mới"
        autoComplete="new-password"
        rules={["Ít nhất 12 ký tự", "Không dùng tên, ngày sinh hoặc số điện thoại"]}
      />
    </>
  );
}

function Filled({ side }: { side: string }) {
  return (
    <>
      <h2>Filled, long</h2>
      <TextField name={`${side}-full-name`} label="Họ và tên" value={LONG_NAME} />
      <DateField name={`${side}-full-birth`} label="Ngày sinh" value={{ day: "17", month: "3", year: "1955" }} />
      <Radios name={`${side}-full-paper`} label={`Giấy tờ của ${LONG_NAME}`} options={papers} value="cccd" />
      <Checkboxes
        name={`${side}-full-told`}
        label="Báo tin bằng"
        options={[{ value: "sms", label: "Tin nhắn" }]}
        values={["sms"]}
      />
      <Select name={`${side}-full-office`} label="Cơ quan tiếp nhận" options={offices} value="b" />
      <TextArea name={`${side}-full-note`} label="Địa chỉ" value={`${LONG_NAME} — ${LONG_PLACE}`} />
    </>
  );
}

function Wrong({ side }: { side: string }) {
  return (
    <>
      <h2>Wrong</h2>
      <TextField name={`${side}-wrong-name`} label="Họ và tên" value="" error="Nhập họ và tên như trên giấy tờ." />
      <DateField
        name={`${side}-wrong-birth`}
        label="Ngày sinh"
        value={{ day: "30", month: "2", year: "1990" }}
        error="Tháng 2 không có ngày 30."
      />
      <Radios
        name={`${side}-wrong-paper`}
        label="Giấy tờ tùy thân"
        options={papers}
        error="Chọn loại giấy tờ sẽ mang theo"
      />
      <Select name={`${side}-wrong-office`} label="Cơ quan tiếp nhận" options={offices} error="Chọn nơi nộp tờ khai" />
      <Checkboxes
        name={`${side}-wrong-told`}
        label="Báo tin bằng"
        options={[{ value: "sms", label: "Tin nhắn" }]}
        error="Chọn ít nhất một cách"
      />
      <CodeField name={`${side}-wrong-code`} label="Mã 6 số" value="12345" error="Nhập đủ 6 số" />
      <TextArea name={`${side}-wrong-note`} label="Điều cần nói thêm" value="…" error="Viết ít nhất mười chữ" />
      <FileField
        name={`${side}-wrong-photo`}
        label="Ảnh giấy tờ"
        accept="image/jpeg"
        error="Chọn một ảnh nhỏ hơn 8 MB."
      />
      <PasswordField
        name={`${side}-wrong-password`}
        label="Mật khẩu"
        autoComplete="current-password"
        error="Mật khẩu chưa đúng"
      />
    </>
  );
}
