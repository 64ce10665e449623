import { version } from '../../../package.json';

/** Names every probe and check in the logs of a server, so that they can be filtered. */
export const userAgent = `service-lifecycle/${version}`;
