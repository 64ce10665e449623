/** Lines that the server logs because this extension has tried whether its port uses TLS: they are no evidence. */

/** http.server and Django, Werkzeug, Django's runserver, uvicorn. The handshake itself begins with the bytes 22 and 3. */
const traces =
  /code 400, message Bad (?:request version|HTTP\/0\.9 request type|request syntax)|"\\x16\\x03|development server over HTTPS|\bInvalid HTTP request received\b/;

export const isOwnTrace = (line: string): boolean => traces.test(line);
