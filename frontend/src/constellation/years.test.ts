import { describe, expect, it } from "vitest";

import { ends } from "./years";

describe("the two ends of the years", () => {
  it("are those of the address, within the study and in order", () => {
    expect(ends("", 2018, 2023)).toEqual([2018, 2023]);
    expect(ends("since=2020&until=2021-06", 2018, 2023)).toEqual([2020, 2021]);
    expect(ends("since=1990&until=2099", 2018, 2023)).toEqual([2018, 2023]);
    expect(ends("since=2022&until=2019", 2018, 2023)).toEqual([2022, 2022]);
  });
});
