import { mount } from "svelte";
import "../kit/tokens.css";
import "../kit/base.css";
import "../kit/control.css";
import { start } from "./start.ts";

void start((App) => {
  const target = document.getElementById("app");
  if (target) mount(App, { target });
  if (!import.meta.env.PROD) return;
  // Without a network nothing is installed; the next visit does it.
  const install = () => import("./installed.ts").then((part) => part.install());
  setTimeout(() => install().catch(() => {}), 3000);
});
