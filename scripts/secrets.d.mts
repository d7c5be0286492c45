export const shapes: readonly { name: string; pattern: RegExp; bits?: number }[];
export function findSecrets(text: string): { name: string; line: number }[];
export function scanTree(): string[];
