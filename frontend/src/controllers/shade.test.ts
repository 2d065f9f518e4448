import { beforeEach, expect, test } from "vitest";
import { chooseShade } from "./shade";

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML =
    '<label hidden><select><option value=""></option><option value="light"></option><option value="dark"></option></select></label>';
});

test("a choice is told and kept, and the device's own is no choice", () => {
  const told: string[] = [];
  document.addEventListener("shade", (event) => told.push((event as CustomEvent<string>).detail));
  const label = document.querySelector("label") as HTMLElement;
  const select = document.querySelector("select") as HTMLSelectElement;
  chooseShade(label);
  expect(label.hidden).toBe(false);
  for (const value of ["dark", ""]) {
    select.value = value;
    select.dispatchEvent(new Event("change"));
    expect(localStorage.getItem("smartedu.shade")).toBe(value || null);
  }
  expect(told).toEqual(["dark", ""]);
});

test("what was chosen before is shown", () => {
  localStorage.setItem("smartedu.shade", "light");
  chooseShade(document.querySelector("label") as HTMLElement);
  expect((document.querySelector("select") as HTMLSelectElement).value).toBe("light");
});
