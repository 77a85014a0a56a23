const isMac = /mac/i.test(globalThis.navigator?.platform ?? '')

interface Chord {
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly key: string
}

function parseKeys(keys: string): Chord {
  const parts = keys.toLowerCase().split('+')
  // 'mod++' ends with the plus key itself.
  const key = parts.at(-1) || '+'
  return { mod: parts.includes('mod'), shift: parts.includes('shift'), alt: parts.includes('alt'), key }
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** Does a key press mean these keys? Signs such as `?` are told by themselves, however they are typed. */
export function matches(keys: string, e: Pressed): boolean {
  const chord = parseKeys(keys)
  const isSign = chord.key.length === 1 && !/[a-z0-9]/.test(chord.key)
  return (
    e.key.toLowerCase() === chord.key &&
    (e.ctrlKey || e.metaKey) === chord.mod &&
    e.altKey === chord.alt &&
    (isSign || e.shiftKey === chord.shift)
  )
}

const names: Readonly<Record<string, string>> = {
  delete: 'Del',
  backspace: '⌫',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
}

/** `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function showKeys(keys: string, mac = isMac): string {
  const { mod, shift, alt, key } = parseKeys(keys)
  const name = names[key] ?? key.toUpperCase()
  if (mac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`
  return [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), name].join('+')
}
