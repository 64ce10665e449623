/** 16 bytes as an IPv6 address in its short form, such as `::1`: the longest row of zeros is left out (RFC 5952). */
export function addressV6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2));
  const gap = longestZeros(groups);
  const words = groups.map((group) => group.toString(16));
  if (gap.length < 2) return words.join(':');
  return `${words.slice(0, gap.start).join(':')}::${words.slice(gap.start + gap.length).join(':')}`;
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > longest.length) longest = { start, length };
  }
  return longest;
}
