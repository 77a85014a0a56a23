import { arrangeScene, type Scene } from './layout'

/** Large networks take seconds to arrange: it happens beside the window. */
self.onmessage = (event: MessageEvent<Scene>) => self.postMessage(arrangeScene(event.data))
