import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#e9f1fd',
  '#d2e1f8',
  '#a6c4f1',
  '#78adff',
  '#5591ea',
  '#3a7be0',
  '#2a6dd6',
  '#1d5fc9',
  '#1852af',
  '#124290',
]

/** Lightest first; the last ones are the grounds of the dark scheme. */
const dark: MantineColorsTuple = [
  '#e7eaef',
  '#c9cfd8',
  '#a6afbd',
  '#7a8495',
  '#4a5361',
  '#323945',
  '#242932',
  '#1d2128',
  '#181b21',
  '#14171c',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  colors: { accent, dark },
  fontFamily: 'var(--nl-sans)',
  fontFamilyMonospace: 'var(--nl-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: { fontFamily: 'var(--nl-sans)', fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Button: { defaultProps: { size: 'compact-sm' }, styles: { label: { fontWeight: 500 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 12, multiline: true, maw: 320 } },
    TextInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false, checkIconPosition: 'right' } },
    SegmentedControl: { defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 400 } } },
    Switch: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-start', transitionProps: { duration: 80 } } },
    Notification: { styles: { description: { color: 'var(--nl-text)' } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 100 } } },
  },
})

/** Mantine's own colours, from ours. */
export const cssVariables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--nl-surface)',
    '--mantine-color-text': 'var(--nl-text)',
    '--mantine-color-dimmed': 'var(--nl-muted)',
    '--mantine-color-placeholder': 'var(--nl-muted)',
    '--mantine-color-default': 'var(--nl-surface)',
    '--mantine-color-default-hover': 'var(--nl-hover)',
    '--mantine-color-default-border': 'var(--nl-border)',
    '--mantine-color-error': 'var(--nl-error)',
    '--input-height-xs': '28px',
  }
  return { variables: {}, light: ours, dark: ours }
}
