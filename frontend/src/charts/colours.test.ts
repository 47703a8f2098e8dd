import { beforeAll, expect, test, vi } from "vitest";

import type { Json } from "./colours";

const colours = { "#ffffff": "#111111", blue: "lightblue" };
let themed: (spec: Json, dark: boolean) => Json;

beforeAll(async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  vi.stubGlobal("document", { getElementById: () => ({ textContent: JSON.stringify(colours) }) });
  ({ themed } = await import("./colours"));
});

test("on a dark page colours are turned over, wherever they stand, and other values stay", () => {
  const spec = { mark: { fill: "blue" }, range: ["#ffffff", "red", 3, null, true] };
  expect(themed(spec, true)).toMatchObject({ mark: { fill: "lightblue" }, range: ["#111111", "red", 3, null, true] });
  expect(themed(spec, false)).toMatchObject(spec);
});

test("a name that every object has is not a colour", () => {
  expect(themed({ title: "constructor" }, true)).toMatchObject({ title: "constructor" });
});

test("a drawing has no paper of its own, and the rest of its configuration is kept", () => {
  expect(themed({ config: { font: "serif", background: "white" } }, false)).toEqual({
    config: { font: "serif", background: "transparent" },
  });
});

test("marks lose their addresses, other encodings stay", () => {
  const spec = { encoding: { href: { field: "address" }, x: { field: "year" } } };
  expect(themed(spec, false)).toMatchObject({ encoding: { x: { field: "year" } } });
  expect(JSON.stringify(themed(spec, false))).not.toContain("href");
});

test("what is given is not changed", () => {
  const spec = Object.freeze({ encoding: Object.freeze({ href: "a" }) });
  themed(spec, true);
  expect(spec.encoding.href).toBe("a");
});
