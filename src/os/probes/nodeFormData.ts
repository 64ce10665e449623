/**
 * Takes the place of the package form-data in the bundle (scripts/build.mjs says so). axios imports it, although Node has a FormData of
 * its own, and it would add 160 KB of MIME types to send forms, which no health check does.
 */
export default globalThis.FormData;
