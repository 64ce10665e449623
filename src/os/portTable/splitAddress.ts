/** `127.0.0.1:8000`, `[::1]:8000`, `*:8000`, or with a dot before the port as netstat on macOS prints it. */
export function splitAddress(text: string): { readonly address: string; readonly port: number } | undefined {
  const match = /^\[?(.*?)\]?[:.](\d+)$/.exec(text);
  const [, address, port] = match ?? [];
  if (address === undefined || port === undefined) return undefined;
  // A link-local address carries its interface: fe80::1%lo0.
  return { address: address.replace(/%.*$/, ''), port: Number(port) };
}
