import { describe, expect, it } from "vitest";

import { segment } from "./pages";

describe("a name as a segment of an address", () => {
  it("is written as the server writes it", () => {
    expect(segment("Fiat / Iveco")).toBe("Fiat%20~2F%20Iveco");
    expect(segment("50 % ~ ?")).toBe("50%20~25%20~7E%20%3F");
    expect(segment("..")).toBe("~2E~2E");
    expect(segment("")).toBe("~");
    expect(segment("Citroën & Co")).toBe("Citro%C3%ABn%20%26%20Co");
  });
});
