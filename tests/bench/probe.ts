import type { Page } from 'playwright-core'

// Measures in the page itself, so that the way to it and back does not count.

/** Frames per second while the canvas is panned by the wheel, every frame a little, up and down. */
export const panning = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')
    const box = pane?.getBoundingClientRect()
    const at = box && { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }
    return new Promise<number>((resolve) => {
      let [frames, start] = [0, 0]
      const frame = (now: number) => {
        start ||= now
        if (now - start > 3000) return resolve((1000 * frames) / (now - start))
        const way = frames++ % 120 < 60 ? 1 : -1
        pane?.dispatchEvent(
          new WheelEvent('wheel', { ...at, deltaX: 6 * way, deltaY: 14 * way, bubbles: true, cancelable: true }),
        )
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    })
  })

/** Frames per second while the layer nearest to the middle is dragged around. */
export const dragging = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')?.getBoundingClientRect() ?? new DOMRect()
    const middle = { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 }
    const boxes = [...document.querySelectorAll('.react-flow__node-layer')].map((node) => {
      const b = node.getBoundingClientRect()
      return { node, x: b.x + b.width / 2, y: b.y + b.height / 2 }
    })
    const off = (b: { x: number; y: number }) => Math.hypot(b.x - middle.x, b.y - middle.y)
    const [nearest] = boxes.sort((a, b) => off(a) - off(b))
    if (!nearest) throw new Error('No layer is in view.')
    const mouse = (type: string, target: EventTarget, x: number, y: number) =>
      target.dispatchEvent(
        new MouseEvent(type, {
          clientX: nearest.x + x,
          clientY: nearest.y + y,
          bubbles: true,
          cancelable: true,
          view: window,
        }),
      )
    mouse('mousedown', nearest.node, 0, 0)
    return new Promise<number>((resolve) => {
      let [frames, start] = [0, 0]
      const frame = (now: number) => {
        start ||= now
        if (now - start > 3000) {
          mouse('mouseup', window, 0, 0)
          return resolve((1000 * frames) / (now - start))
        }
        const turn = ++frames / 20
        mouse('mousemove', window, 60 * Math.sin(turn), 40 * Math.sin(2 * turn))
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    })
  })

/** Milliseconds from the next key or click until `selector` reads otherwise (or is there at all) and has been painted. */
export async function untilPainted(page: Page, selector: string, act: () => Promise<unknown>): Promise<number> {
  const elapsed = await page.evaluateHandle((selector) => {
    const read = () => document.querySelector(selector)?.textContent
    const before = read()
    let start = 0
    const begin = (event: Event) => {
      start ||= event.timeStamp
    }
    for (const type of ['keydown', 'click']) addEventListener(type, begin, { capture: true, once: true })
    const done = new Promise<number>((resolve) => {
      const watch = new MutationObserver(() => {
        if (read() === before) return
        watch.disconnect()
        // A message posted in a frame arrives when the frame has been handed over to be painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - start)
          port2.postMessage(null)
        })
      })
      watch.observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    return { done }
  }, selector)
  await act()
  return elapsed.evaluate(({ done }) => done)
}
