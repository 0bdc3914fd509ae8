/** What the member may be told about the connection. */
class Net {
  /** The browser believes that it has a network. */
  online = $state(typeof navigator === "undefined" || navigator.onLine !== false);
  /** How the log is followed. */
  live = $state<"connecting" | "live" | "offline">("connecting");
  /** Messages that will be sent when the server can be reached again. */
  waiting = $state(0);
}

export const net = new Net();

if (typeof window !== "undefined") {
  window.addEventListener("online", () => {
    net.online = true;
  });
  window.addEventListener("offline", () => {
    net.online = false;
  });
}
