export const planted: readonly string[];
