/** What is chosen for this device alone. */
const DOCK = "entregent.dock.off";

function stored(): boolean {
  try {
    return localStorage.getItem(DOCK) === null;
  } catch {
    return true;
  }
}

let docked = $state.raw(stored());

export const device = {
  /** Messages at the foot of every page. */
  get dock(): boolean {
    return docked;
  },
  set dock(on: boolean) {
    docked = on;
    try {
      if (on) localStorage.removeItem(DOCK);
      else localStorage.setItem(DOCK, "1");
    } catch {
      // Without storage it is as long as the page is.
    }
  },
};
