/** The key that a schema's message is about. It is known only when an issue is explained, so the message keeps a hole for it. */
export const subject = '{0}';

/** The message about this key. */
export const withSubject = (message: string, name: string): string => message.replace(subject, () => name);
