import type { Action } from "svelte/action";

/** Lets a text area be as high as its text, where CSS cannot do it yet. */
export const grow: Action<HTMLTextAreaElement, string> = (node) => {
  if (CSS.supports("field-sizing", "content")) return {};
  const resize = () => {
    node.style.height = "auto";
    node.style.height = `${node.scrollHeight}px`;
  };
  resize();
  return { update: resize };
};
