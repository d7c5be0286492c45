export function billOf(lockText: string): { components: { name: string; purl: string }[] };
export function nameOf(path: string): string;
