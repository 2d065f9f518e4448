import { expect, test } from "vitest";
import { nameBySight } from "./seen";

test("the spoken name begins with what is seen, after every change too", async () => {
  const button = document.createElement("button");
  button.setAttribute("aria-label", "playback speed");
  document.body.append(button);
  let rate = "1x";
  nameBySight(button, () => rate);
  expect(button.getAttribute("aria-label")).toBe("1x playback speed");
  rate = "1.5x";
  button.setAttribute("aria-label", "current speed 1.5");
  await new Promise((done) => setTimeout(done));
  expect(button.getAttribute("aria-label")).toBe("1.5x current speed 1.5");
});
