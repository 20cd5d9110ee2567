import "../design/base.css";
import "./home.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { readBoot } from "./boot";
import { watch } from "./window";
import { Visit } from "./visit.svelte";

const target = document.getElementById("app");
if (target) {
  const visit = new Visit(readBoot());
  watch(visit);
  mount(App, { target, props: { visit } });
}
