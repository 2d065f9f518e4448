import { expect, test } from "vitest";
import { shutOthers } from "./disclosure";

test("opening one shuts the others of the same name only", () => {
  document.body.innerHTML = `<div><details name="stage" open></details><details name="stage"></details><details name="help" open></details></div>`;
  const group = document.querySelector("div")!;
  shutOthers(group);
  const [first, second, help] = [...group.querySelectorAll("details")];
  second!.open = true;
  second!.dispatchEvent(new Event("toggle"));
  expect([first!.open, second!.open, help!.open]).toEqual([false, true, true]);
});
