import { describe, expect, it } from "vitest";

import { refusal, sized } from "./import_sizes";

describe("files that are to be sent", () => {
  it("have their size in words", () => {
    expect([0, 999, 1000, 9949, 12_345, 2_500_000].map(sized)).toEqual(["0 B", "999 B", "1.0 kB", "9.9 kB", "12 kB", "2.5 MB"]);
  });

  it("are refused before they are sent, where they are too many or too much", () => {
    expect(refusal([1, 2], 1_000_000, 2)).toBe("");
    expect(refusal([1, 2, 3], 1_000_000, 2)).toBe("These are 3 files; at most 2 can be sent at once.");
    expect(refusal([40 * 1048576, 24 * 1048576], 64 * 1048576, 20)).toBe(
      "Together these files have 64.0 MiB, and at most 64 MiB can be sent at once.",
    );
  });
});
