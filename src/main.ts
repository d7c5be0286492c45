import { requireNode24 } from "./node-version.ts";

/** Starts everything. Loaded late: an older Node would fail on the syntax before it could say why. */
requireNode24();
const { serve } = await import("./serve.ts");
await serve(process.env);
