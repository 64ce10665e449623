/** The place of the key in a schema's message. The key is known only when an issue is explained. */
export const subject = '{0}';

/** Returns the message with this name in place of the key. */
export const withSubject = (message: string, name: string): string => message.replace(subject, () => name);
