import type { Lang } from "../kernel/calendar.ts";

/** An exact decimal as people write it (quantity, unit price, rate): "12000.50" → 12.000,5 (vi) or 12,000.5 (en). */
export function formatDecimal(text: string, lang: Lang): string {
  const [whole = "", fraction = ""] = text.split(".", 2);
  const [thousands, point] = lang === "en" ? [",", "."] : [".", ","];
  const rest = fraction.replace(/0+$/, "");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, thousands)}${rest ? point + rest : ""}`;
}
