/**
 * R1, R9 (F3, network): the wire between the product and its database is cut, frozen, cut in one direction, or cut in
 * the middle of an answer while people live on. --kills=200 for more, --small a short one.
 */
import { playLives } from "./lives-play.ts";
import { WireBetween } from "./lives-wire.ts";

const wire = new WireBetween();
const isHeld = await playLives({
  title: "R1 the network between product and database cut, frozen or cut in one direction",
  ...{ small: 8, usual: 60, asked: 200 },
  stand: { between: wire.open },
  faults: (stand) => wire.faults(stand),
});
wire.close();
process.exitCode = isHeld ? 0 : 1;
