import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { conv2d } from '#shared/layers/conv2d'

const factories = (strides: [number, number], size: number) => {
  const params = { ...defaultsOf(conv2d.fields), strides, padding: [1, 1, 1, 1] }
  return conv2d.tfjs(params, [[size, size, 3]]).map((l) => ('factory' in l ? [l.factory, l.args.padding] : []))
}

test("explicit padding that comes to 'same' needs no layer of its own", () => {
  expect(factories([1, 1], 8)).toEqual([['conv2d', 'same']])
  // 4 outputs see the elements −1 to 7 of 7: one before and one after. Of 8, 'same' would add one after only.
  expect(factories([2, 2], 7)).toEqual([['conv2d', 'same']])
  expect(factories([2, 2], 8).map(([factory]) => factory)).toEqual(['zeroPadding2d', 'conv2d'])
})
