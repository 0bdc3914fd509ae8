import { mount } from "svelte";
import "../kit/tokens.css";
import "../kit/base.css";
import "../kit/control.css";
import { start } from "./start.ts";

void start((App) => {
  const target = document.getElementById("app");
  if (target) mount(App, { target });
  if (import.meta.env.PROD)
    setTimeout(() => void import("./installed.ts").then(({ install }) => install()), 3000);
});
