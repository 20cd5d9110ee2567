import "../design/base.css";
import "../design/window.css";
import "../resident/resident.css";
import { mount } from "svelte";
import Gallery from "./Gallery.svelte";
import { loadPack } from "./texts";

const target = document.getElementById("app");
if (target) mount(Gallery, { target, props: { pack: await loadPack() } });
