/**
 * Takes the place of the package form-data in the bundle (the build script says so): axios asks for it, though Node has had a
 * FormData of its own since version 18, and it would bring along 160 KB of MIME types that no probe needs.
 */
export default globalThis.FormData;
