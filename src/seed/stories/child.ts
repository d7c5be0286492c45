import type { Story } from "../story.ts";

/** Bé Na, four years old: a card of her own, no account; her mother is the worker's wife. */
const number = "9800000003";

export const child: Story = {
  persons: [`Nguyễn Ngọc Bảo Na,02/05/2022,2,${number},099322900003,,,,01,,"Thôn Mẫu 3, Xã Tuy Phước, Tỉnh Gia Lai"`],
  cards: [`${number},TE152${number},02/05/2022,30/09/2028,TE,1,52999,01/06/2027,valid`],
  participation: [
    `${number},bhyt,05/2022,10/2026,52T01,Bảo hiểm xã hội cơ sở Tuy Phước,,,vnd,,,4.5,Trẻ em dưới 6 tuổi,paid`,
  ],
};
