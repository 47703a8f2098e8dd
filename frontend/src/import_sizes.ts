/* How large files are, in words, and whether they can be sent together. */

const MEBIBYTE = 1024 * 1024;
const UNITS: readonly [number, string][] = [[1e6, "MB"], [1e3, "kB"]];

/** Say how large a file is. */
export function sized(bytes: number): string {
  const [unit, word] = UNITS.find(([least]) => bytes >= least) ?? [1, "B"];
  const number = bytes / unit;
  return `${number >= 10 || unit === 1 ? Math.round(number) : number.toFixed(1)} ${word}`;
}

/** Say why files cannot be sent together; empty: they can. */
export function refusal(sizes: readonly number[], most: number, mostFiles: number): string {
  if (sizes.length > mostFiles) return `These are ${sizes.length} files; at most ${mostFiles} can be sent at once.`;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const room = most - 10_000 * sizes.length; // what a form says around its files
  if (total <= room) return "";
  return `Together these files have ${(total / MEBIBYTE).toFixed(1)} MiB, and at most ${Math.round(most / MEBIBYTE)} MiB can be sent at once.`;
}
