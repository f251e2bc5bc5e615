// Runs inside every page, before its own scripts, and is the same for all: looks once a frame whether the operation is
// visible, also in open shadow roots, and collects the long tasks. It touches nothing of the page.
export function watch({ text, control }) {
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const shows = (root) => {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = nodes.currentNode; node; node = nodes.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE ? node.data.includes(text) && visible(node.parentElement) : node.shadowRoot && shows(node.shadowRoot)) return true;
    }
    return false;
  };
  const ready = () => shows(document) && (!control || [...document.querySelectorAll(control)].some(visible));

  const tasks = [];
  globalThis.benchTasks = tasks;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

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
