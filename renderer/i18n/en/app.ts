/** The window: top bar, palette, canvas, inspector, dialogs. */
export const app = {
  name: 'Netloom',
} as const
