import { importParticipation } from "../../intake/import-rows.ts";
import { type Story, tableHeads } from "../story.ts";

/** A unit's table of months came with two rows that nobody could take: the officer's work at /console/intake. */
const rows = [
  "9800000331,bhxh,01/2026,06/2026,MAU31,Công ty Mẫu Ba Mốt,Nhân viên,,vnd,6200000,6200000,25.5,,paid",
  "9800000012,bhxh,13/2026,06/2026,MAU31,Công ty Mẫu Ba Mốt,Nhân viên,,vnd,6200000,6200000,25.5,,paid",
];

export const rejected: Story = {
  async live({ house }) {
    const text = `${tableHeads.participation}\n${rows.join("\n")}\n`;
    await importParticipation(house, { name: "don-vi-mau.csv", bytes: Buffer.from(text) });
    return undefined;
  },
};
