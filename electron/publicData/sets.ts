export interface PublicFile {
  readonly name: string
  readonly url: string
  /** As the publisher, or torchvision for it, gives it. */
  readonly md5: string
}
export interface PublicSet {
  readonly files: readonly PublicFile[]
  /** The reference of the training part, relative to the folder of the files; a tar archive is unpacked there. */
  readonly kind: string
  readonly path: string
}

const idxSet = (base: string, sums: Readonly<Record<string, string>>): PublicSet => ({
  files: Object.entries(sums).map(([name, md5]) => ({ name, url: `${base}/${name}`, md5 })),
  kind: 'idx',
  path: 'train-images-idx3-ubyte.gz',
})

/** Data sets that everybody knows, by name. They belong to their authors and are fetched from where those publish them. */
export const publicSets: Readonly<Record<string, PublicSet>> = {
  mnist: idxSet('https://ossci-datasets.s3.amazonaws.com/mnist', {
    'train-images-idx3-ubyte.gz': 'f68b3c2dcbeaaa9fbdd348bbdeb94873',
    'train-labels-idx1-ubyte.gz': 'd53e105ee54ea40749a09fcbcd1e9432',
    't10k-images-idx3-ubyte.gz': '9fb629c4189551a2d022fa330f9573f3',
    't10k-labels-idx1-ubyte.gz': 'ec29112dd5afa0611ce80d1b7f02629c',
  }),
  'fashion-mnist': idxSet('http://fashion-mnist.s3-website.eu-central-1.amazonaws.com', {
    'train-images-idx3-ubyte.gz': '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
    'train-labels-idx1-ubyte.gz': '25c81989df183df01b3e8a0aad5dffbe',
    't10k-images-idx3-ubyte.gz': 'bef4ecab320f06d8554ea6380940ec79',
    't10k-labels-idx1-ubyte.gz': 'bb300cfdad3c16e7a12a480ee83cd310',
  }),
  cifar10: {
    files: [
      {
        name: 'cifar-10-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        md5: 'c32a1d4ab5d03f1284b67883e8d87530',
      },
    ],
    kind: 'cifar10',
    path: 'cifar-10-batches-bin',
  },
  cifar100: {
    files: [
      {
        name: 'cifar-100-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
        md5: '03b5dce01913d631647c71ecec9e9cb8',
      },
    ],
    kind: 'cifar100',
    path: 'cifar-100-binary',
  },
}
