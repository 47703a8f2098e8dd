import { expect, test } from "vitest";

import { type Asked, meaning } from "./keys";

const asked: Asked = { reasons: { "1": "exclude:topic", "2": "exclude:design" }, plain: false, waiting: false };

test("one key is a decision", () => {
  expect(meaning({ key: "i" }, asked)).toEqual({ does: "say", say: "include" });
  expect(meaning({ key: "M" }, asked)).toEqual({ does: "say", say: "maybe" });
  expect(meaning({ key: "2" }, asked)).toEqual({ does: "say", say: "exclude:design" });
});

test("e asks for the reason where there are reasons, and excludes where there are none", () => {
  expect(meaning({ key: "e" }, asked)).toEqual({ does: "exclude" });
  expect(meaning({ key: "e" }, { reasons: {}, plain: true, waiting: false })).toEqual({ does: "say", say: "exclude" });
});

test("without a reason only where the protocol allows it, and Escape takes e back", () => {
  expect(meaning({ key: "Enter" }, { ...asked, waiting: true })).toBeNull();
  expect(meaning({ key: "Enter", on: "control" }, { ...asked, waiting: true, plain: true })).toEqual({ does: "say", say: "exclude" });
  expect(meaning({ key: "Escape" }, { ...asked, waiting: true })).toEqual({ does: "nothing" });
});

test("what one writes is no decision, nor is a key with Ctrl, nor one that presses a button", () => {
  expect(meaning({ key: "i", on: "text" }, asked)).toBeNull();
  expect(meaning({ key: "i", modified: true }, asked)).toBeNull();
  expect(meaning({ key: "i", composing: true }, asked)).toBeNull();
  expect(meaning({ key: "Enter", on: "control" }, asked)).toBeNull();
});

test("a reason that is not there is no decision", () => {
  expect(meaning({ key: "7" }, asked)).toBeNull();
});
