import "../design/base.css";
import "../design/window.css";
import { mount } from "svelte";
import Staff from "./Staff.svelte";
import { desk } from "./desk";

const target = document.getElementById("app");
if (target) mount(Staff, { target });
void desk.start();
