/** Made-up visits → claim envelopes, in the layout of their day: 4210 to 30/06/2024, then 130 and its changes. */
import { HUNDREDTHS, showScaled } from "../intake/rules-decimal.ts";
import { OLD_SPEC_ENDS, type SpecName, specOf, type TableName, tables } from "../intake/spec.ts";
import { addDays } from "./days.ts";
import type { MadeFacility } from "./places.ts";
import type { MadeLine, MadeVisit } from "./visit.ts";

type Values = Record<string, string>;

const show = (amount: bigint) => showScaled(amount, HUNDREDTHS);
const compact = (iso: string) => iso.replaceAll("-", "");
const LICENCE = "000001/MAU-GPHN";

export function isOldLayout(visit: MadeVisit): boolean {
  return dayOf(visit.dischargedAt) < OLD_SPEC_ENDS;
}

/** One file with the claims of one facility. */
export function envelopeOf(facility: MadeFacility, visits: readonly MadeVisit[], madeOn: string): string {
  const dossiers = visits.map((visit) => `<HOSO>${dossierOf(visit)}</HOSO>`).join("\n");
  return `<?xml version="1.0" encoding="utf-8"?>
<GIAMDINHHS xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<THONGTINDONVI><MACSKCB>${facility.code}</MACSKCB></THONGTINDONVI>
<THONGTINHOSO><NGAYLAP>${compact(madeOn)}</NGAYLAP><SOLUONGHOSO>${visits.length}</SOLUONGHOSO><DANHSACHHOSO>
${dossiers}
</DANHSACHHOSO></THONGTINHOSO>
<CHUKYDONVI/>
</GIAMDINHHS>
`;
}

function dossierOf(visit: MadeVisit): string {
  const spec = specOf(isOldLayout(visit), dayOf(visit.dischargedAt));
  const drugs = visit.lines.filter((line) => line.table === "XML2");
  const services = visit.lines.filter((line) => line.table === "XML3");
  const write = (name: TableName, rows: Values[]) => (rows.length > 0 ? fileOf(name, rows, spec, visit.facility) : "");
  return [
    write("XML1", [summaryOf(visit)]),
    write(
      "XML2",
      drugs.map((line, at) => ({ ...lineOf(visit, line, at), ...drugOf(line) })),
    ),
    write(
      "XML3",
      services.map((line, at) => ({ ...lineOf(visit, line, at), ...serviceOf(visit, line) })),
    ),
    write(
      "XML4",
      visit.results.map((result, at) => resultOf(visit, result, at)),
    ),
    write("XML5", visit.days > 0 ? [noteOf(visit)] : []),
  ].join("");
}

function fileOf(name: TableName, rows: readonly Values[], spec: SpecName, facility: MadeFacility): string {
  const { shape, checks } = tables[name];
  const text = (value: string) =>
    facility.writesSections && /[^\x20-\x7e]/.test(value) ? `<![CDATA[${value}]]>` : value;
  const body = rows
    .map((row) => checks[spec].map(({ name: field }) => `<${field}>${text(row[field] ?? "")}</${field}>`).join(""))
    .map((fields) => `<${shape.row}>${fields}</${shape.row}>`)
    .join("\n");
  // 4210 has the list as its root; later decisions wrap it once more.
  const around = spec === "4210" ? shape.containers.slice(1) : shape.containers;
  const open = around.map((element) => `<${element}>`).join("");
  const close = around
    .toReversed()
    .map((element) => `</${element}>`)
    .join("");
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n${open}${body}${close}`;
  const content = Buffer.from(xml).toString("base64");
  return `<FILEHOSO><LOAIHOSO>${name}</LOAIHOSO><NOIDUNGFILE>${content}</NOIDUNGFILE></FILEHOSO>`;
}

function summaryOf(visit: MadeVisit): Values {
  const { person, card, facility, illness, lines } = visit;
  const sum = (pick: (line: MadeLine) => bigint, of = lines) => of.reduce((total, line) => total + pick(line), 0n);
  const isOld = isOldLayout(visit);
  const cost = (line: MadeLine) => (isOld ? line.inScope : line.total);
  const fund = sum((line) => line.fund);
  const diagnosis = [illness.name, ...(visit.hasOther ? illness.others.map(([, name]) => name) : [])].join("; ");
  const others = visit.hasOther ? illness.others.map(([code]) => code).join(";") : "";
  const money: Values = {
    T_THUOC: show(
      sum(
        cost,
        lines.filter((line) => line.table === "XML2"),
      ),
    ),
    T_VTYT: show(
      sum(
        cost,
        lines.filter((line) => line.isSupply),
      ),
    ),
    T_TONGCHI_BV: show(sum((line) => line.total)),
    T_TONGCHI_BH: show(sum((line) => line.inScope)),
    T_TONGCHI: show(sum((line) => line.inScope)),
    T_BNTT: show(sum((line) => line.self)),
    T_BNCCT: show(sum((line) => line.co)),
    T_BHTT: show(fund),
    T_NGUONKHAC: "0",
    T_BHTT_GDV: show(fund),
  };
  const paper = person.personalId ?? person.cmnd ?? "";
  const stay: Values = {
    NGAY_VAO: visit.admittedAt,
    NGAY_VAO_NOI_TRU: visit.days > 0 ? visit.admittedAt : "",
    NGAY_RA: visit.dischargedAt,
    NGAY_TTOAN: visit.dischargedAt,
    SO_NGAY_DTRI: String(visit.days),
    KET_QUA_DTRI: "2",
    MA_LOAI_RV: "1",
    TINH_TRANG_RV: "1",
    MA_LOAI_KCB: isOld ? String(Number(visit.careType)) : visit.careType,
    MA_DOITUONG_KCB: visit.entitlement,
    MA_LYDO_VVIEN: visit.entitlement === "2" ? "2" : "1",
    NAM_QT: visit.dischargedAt.slice(0, 4),
    THANG_QT: visit.dischargedAt.slice(4, 6),
  };
  return {
    ...{ MA_LK: visit.episodeKey, STT: "1", MA_BN: `BN${person.insuranceNumber}`, HO_TEN: person.name.toUpperCase() },
    ...{ SO_CCCD: paper, NGAY_SINH: birthOf(person, isOld), GIOI_TINH: person.isMale ? "1" : "2" },
    ...{ MA_QUOCTICH: "000", MA_DANTOC: person.ethnicCode, MA_NGHE_NGHIEP: "00000", DIA_CHI: "Số 1 đường Mẫu" },
    ...{
      MATINH_CU_TRU: facility.province,
      MAXA_CU_TRU: `${facility.province}000`,
      MA_THE_BHYT: card.number,
      MA_THE: card.number,
    },
    ...{ MA_DKBD: card.facility, GT_THE_TU: compact(card.from), GT_THE_DEN: compact(card.to), LY_DO_VV: "Khám bệnh" },
    ...{ CHAN_DOAN_VAO: illness.name, CHAN_DOAN_RV: diagnosis, TEN_BENH: diagnosis, MA_BENH_CHINH: illness.code },
    ...{ MA_BENH: illness.code, MA_BENH_KT: others, MA_BENHKHAC: others, MA_TAI_NAN: "0", PP_DIEU_TRI: "Nội khoa" },
    ...{ MA_KHOA: "K01", MA_CSKCB: facility.code, CAN_NANG: "54.5", NAM_NAM_LIEN_TUC: compact(card.fiveYearOn) },
    ...{ MA_HSBA: `HS${visit.episodeKey}`, MA_TTDV: "0000000009" },
    ...stay,
    ...money,
  };
}

/** Known to the year only: the other parts are zero; 4210 then writes the year alone. */
function birthOf({ birthOn, birthPrecision }: MadeVisit["person"], isOld: boolean): string {
  if (birthPrecision === "year") return isOld ? birthOn.slice(0, 4) : `${birthOn.slice(0, 4)}00000000`;
  return isOld ? compact(birthOn) : `${compact(birthOn)}0000`;
}

function lineOf(visit: MadeVisit, line: MadeLine, at: number): Values {
  return {
    ...{ MA_LK: visit.episodeKey, STT: String(at + 1), MA_NHOM: line.group, DON_VI_TINH: line.unit, PHAM_VI: "1" },
    ...{ TYLE_TT_BH: String(line.scopeRate), TYLE_TT: String(line.scopeRate), SO_LUONG: String(line.quantity) },
    ...{ THANH_TIEN_BV: show(line.total), THANH_TIEN_BH: show(line.inScope), THANH_TIEN: show(line.inScope) },
    ...{ T_NGUONKHAC_NSNN: "0", T_NGUONKHAC_VTNN: "0", T_NGUONKHAC_VTTN: "0", T_NGUONKHAC_CL: "0", T_NGUONKHAC: "0" },
    ...{ MUC_HUONG: String(visit.rate), T_BNTT: show(line.self), T_BNCCT: show(line.co), T_BHTT: show(line.fund) },
    ...{ MA_KHOA: "K01", MA_BAC_SI: LICENCE, NGAY_YL: visit.admittedAt, NGAY_TH_YL: visit.admittedAt, MA_PTTT: "1" },
    DON_GIA: show(line.price),
  };
}

function drugOf(line: MadeLine): Values {
  return {
    ...{ MA_THUOC: line.code, TEN_THUOC: line.name, HAM_LUONG: "Theo tên thuốc", DUONG_DUNG: "1.01" },
    ...{
      LIEU_DUNG: "1 viên/lần, 2 lần/ngày",
      SO_DANG_KY: "VD-00000-00",
      TT_THAU: "000/QĐ-MAU;G1;N1;2026",
      NGUON_CTRA: "1",
    },
  };
}

function serviceOf(visit: MadeVisit, line: MadeLine): Values {
  const names: Values = line.isSupply
    ? { MA_VAT_TU: line.code, TEN_VAT_TU: line.name, TT_THAU: "000/QĐ-MAU;G2;1;2026" }
    : { MA_DICH_VU: line.code, TEN_DICH_VU: line.name };
  return {
    ...names,
    ...{ DON_GIA_BV: show(line.price), DON_GIA_BH: show(line.insuredPrice), DON_GIA: show(line.insuredPrice) },
    ...{ TYLE_TT_DV: "100", NGUOI_THUC_HIEN: LICENCE, MA_BENH: visit.illness.code },
    ...{ MA_GIUONG: line.group === "15" ? "H001" : "", NGAY_KQ: line.group === "1" ? visit.dischargedAt : "" },
  };
}

function resultOf(visit: MadeVisit, result: MadeVisit["results"][number], at: number): Values {
  return {
    ...{ MA_LK: visit.episodeKey, STT: String(at + 1), MA_DICH_VU: result.service, MA_CHI_SO: "00000" },
    ...{ TEN_CHI_SO: result.name, GIA_TRI: result.value, DON_VI_DO: result.unit, NGAY_KQ: visit.dischargedAt },
  };
}

function noteOf(visit: MadeVisit): Values {
  const text = "Người bệnh tỉnh, tiếp xúc tốt, ăn uống được";
  return {
    ...{ MA_LK: visit.episodeKey, STT: "1", DIEN_BIEN_LS: text, DIEN_BIEN: text, GIAI_DOAN_BENH: "" },
    ...{ THOI_DIEM_DBLS: visit.admittedAt, NGAY_YL: visit.admittedAt, NGUOI_THUC_HIEN: LICENCE },
  };
}

function dayOf(minute: string): string {
  return addDays(`${minute.slice(0, 4)}-${minute.slice(4, 6)}-${minute.slice(6, 8)}`, 0);
}
