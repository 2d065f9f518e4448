// The one entry of every page. A page names behaviours by `data-controller`; heavy ones come only where they are named.
import "./styles/main.css";
import { copy } from "./controllers/copy";
import { tellGap } from "./controllers/gap";
import { grade } from "./controllers/grade";
import { hello } from "./controllers/hello";
import { showPresent } from "./controllers/present";
import { chooseShade } from "./controllers/shade";
import { printPage, unfold } from "./controllers/unfold";
import { suggest } from "./controllers/suggest";
import { start, type Controllers } from "./controllers/start";
import { registerWorker } from "./worker/register";

const controllers: Controllers = {
  copy,
  hello,
  present: showPresent,
  shade: chooseShade,
  suggest,
  gap: tellGap,
  grade,
  unfold,
  print: printPage,
  player: async (element) => (await import("./player")).player(element),
};

start(document, controllers);
registerWorker();
