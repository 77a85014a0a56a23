/**
 * The parts of TensorFlow's protocol buffers that a graph needs, with their field numbers.
 * Source: graph.proto, node_def.proto, attr_value.proto, tensor.proto, meta_graph.proto and saved_model.proto of TensorFlow 2,
 * github.com/tensorflow/tensorflow.
 */
const field = (type: string, id: number) => ({ type, id })
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id })

export const schema = {
  nested: {
    Size: { fields: { size: field('int64', 1) } },
    Shape: { fields: { dim: repeated('Size', 2) } },
    Tensor: {
      fields: {
        dtype: field('int32', 1),
        shape: field('Shape', 2),
        content: field('bytes', 4),
        floats: repeated('float', 5),
        ints: repeated('int32', 7),
        bools: repeated('bool', 11),
      },
    },
    List: {
      fields: {
        s: repeated('bytes', 2),
        i: repeated('int64', 3),
        f: repeated('float', 4),
        b: repeated('bool', 5),
        type: repeated('int32', 6),
      },
    },
    Value: {
      oneofs: { kind: { oneof: ['list', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor'] } },
      fields: {
        list: field('List', 1),
        s: field('bytes', 2),
        i: field('int64', 3),
        f: field('float', 4),
        b: field('bool', 5),
        type: field('int32', 6),
        shape: field('Shape', 7),
        tensor: field('Tensor', 8),
      },
    },
    Node: {
      fields: {
        name: field('string', 1),
        op: field('string', 2),
        input: repeated('string', 3),
        attr: { keyType: 'string', type: 'Value', id: 5 },
      },
    },
    Versions: { fields: { producer: field('int32', 1) } },
    Graph: { fields: { node: repeated('Node', 1), versions: field('Versions', 4) } },
    Info: { fields: { tags: repeated('string', 4) } },
    MetaGraph: { fields: { info: field('Info', 1), graph: field('Graph', 2) } },
    SavedModel: { fields: { version: field('int64', 1), metaGraphs: repeated('MetaGraph', 2) } },
  },
}
