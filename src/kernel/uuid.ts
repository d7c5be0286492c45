/** Looks like an id that the database gave; anything else would be a fault of syntax there. */
export const isUuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
