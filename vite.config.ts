import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The window's page: static files that work from any folder and under a Content-Security-Policy without inline scripts. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2000 },
  worker: { format: 'es' },
})
