import { catalogue } from "../kernel/words.ts";
import { COLUMNS, ROWS } from "./rules-tiles.ts";

/** Words of the places of squares on the tile map. */
export const tileWords = catalogue(
  {
    title: "Vị trí trên bản đồ ô",
    lead: "Cột đếm từ trái sang, hàng đếm từ trên xuống, bắt đầu từ 1. Đơn vị để trống cả hai thì xếp theo tên ở cuối.",
    edit: "Sắp vị trí các ô",
    caption: "Vị trí của từng đơn vị",
    unit: "Đơn vị",
    across: "Cột",
    down: "Hàng",
    preview: "Xem trước",
    save: "Ghi vị trí",
    map: "Bản đồ ô theo các vị trí trên",
    asPreview: "Chưa ghi. Đây là bản xem trước.",
    paste: "Dán từ bảng tính",
    lines: "Mã đơn vị, cột, hàng; mỗi đơn vị một dòng",
    linesHint: "Sao chép ô này ra bảng tính để sửa, rồi dán lại. Dòng nào không dán thì đơn vị đó giữ vị trí đang có.",
    pasteSubmit: "Đưa vào bảng và xem trước",
    none: "Không có đơn vị nào để xếp.",
    many: (count: string) =>
      `Loại này có ${count} đơn vị, quá nhiều cho một bản đồ ô. Hãy chọn loại khác ở trang Độ bao phủ.`,
    saved: "Đã ghi vị trí các ô.",
    faults: {
      tile_half: (unit: string) => `${unit}: ghi cả cột và hàng, hoặc để trống cả hai`,
      tile_range: (unit: string) => `${unit}: cột là số từ 1 đến ${COLUMNS}, hàng là số từ 1 đến ${ROWS}`,
      tile_taken: (unit: string, other: string) => `${unit}: chỗ này đã có ${other}. Hãy chọn chỗ khác`,
      tile_unknown: (code: string) => `Không có đơn vị mang mã ${code} trong bảng này`,
    },
  },
  {
    title: "Places on the tile map",
    lead: "Columns count from the left, rows from above, from 1. A unit with both boxes empty follows by name at the end.",
    edit: "Place the squares",
    caption: "The place of each unit",
    unit: "Unit",
    across: "Column",
    down: "Row",
    preview: "Preview",
    save: "Save the places",
    map: "The tile map with these places",
    asPreview: "Not saved yet. This is a preview.",
    paste: "Paste from a spreadsheet",
    lines: "Unit code, column, row; one unit a line",
    linesHint: "Copy this into a spreadsheet, change it, and paste it back. A unit without a line keeps its place.",
    pasteSubmit: "Put into the table and preview",
    none: "There are no units to place.",
    many: (count: string) =>
      `There are ${count} units of this kind, too many for a tile map. Choose another kind under Coverage.`,
    saved: "The places are saved.",
    faults: {
      tile_half: (unit: string) => `${unit}: enter column and row, or leave both empty`,
      tile_range: (unit: string) => `${unit}: a column is a number from 1 to ${COLUMNS}, a row from 1 to ${ROWS}`,
      tile_taken: (unit: string, other: string) => `${unit}: ${other} stands there already. Choose another place`,
      tile_unknown: (code: string) => `No unit of this table has the code ${code}`,
    },
  },
);
