import { activationNames } from '#shared/activations'
import { choice, float, int, list, shape } from '#shared/fields'
import { defineTemplate } from './template'

/** A multi-layer perceptron: dense layers one after the other. */
export const mlp = defineTemplate({
  label: 'Multi-layer perceptron',
  paper: 'Rumelhart, Hinton, Williams: Learning representations by back-propagating errors',
  year: 1986,
  doc: 'Dense layers one after the other: the simplest network with hidden layers.',
  fields: {
    input: shape({ default: [28, 28, 1], help: 'Size of one sample.' }),
    hidden: list({ default: [128, 64], min: 1, help: 'Units of each hidden layer.' }),
    activation: choice({ default: 'relu', options: activationNames, help: 'Function of the hidden layers.' }),
    dropout: float({ default: 0, min: 0, max: 0.99, help: 'Share of values dropped after each hidden layer.' }),
    classes: int({ default: 10, help: 'Number of classes.' }),
  },
  draw(b, p) {
    let x = b.input(p.input)
    if (p.input.length > 1) x = b.layer('flatten', {}, x)
    p.hidden.forEach((units, i) => {
      x = b.layer('dense', { units, activation: p.activation }, x, { name: `Hidden ${i + 1}` })
      if (p.dropout > 0) x = b.layer('dropout', { rate: p.dropout }, x)
    })
    x = b.layer('dense', { units: p.classes }, x, { name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
