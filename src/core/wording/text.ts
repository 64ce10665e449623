/** `text` in at most `limit` characters. */
export const shortened = (text: string, limit: number): string => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text);
