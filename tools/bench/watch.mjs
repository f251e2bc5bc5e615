// Run inside a page, before its own scripts. Each stands for itself: a page gets the text of the function only.

// The memories of WebAssembly programs. Chromium's own question for all memories is sometimes never answered.
export function watchMemories() {
  const memories = new Set();
  globalThis.benchMemories = memories;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...values) => {
      const made = await original.apply(WebAssembly, values);
      const { exports } = made.instance ?? made;
      for (const each of Object.values(exports)) if (each instanceof WebAssembly.Memory) memories.add(each);
      return made;
    };
  }
}

// Tasks from 50 ms on.
export function watchTasks() {
  const tasks = [];
  globalThis.benchTasks = tasks;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });
}

// Looks once a frame whether the operation is visible, also in open shadow roots.
export function watchReady({ text, control }) {
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const shows = (root) => {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = nodes.currentNode; node; node = nodes.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE ? node.data.includes(text) && visible(node.parentElement) : node.shadowRoot && shows(node.shadowRoot)) return true;
    }
    return false;
  };
  const ready = () => shows(document) && (!control || [...document.querySelectorAll(control)].some(visible));
  const look = () => {
    if (!ready()) return requestAnimationFrame(look);
    // This runs before the frame is drawn; a message is handled after it.
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => {
      performance.mark("bench-ready");
      benchReady(performance.now());
    };
    drawn.port2.postMessage(null);
  };
  requestAnimationFrame(look);
}
