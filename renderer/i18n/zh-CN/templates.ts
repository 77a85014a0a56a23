const vgg = '只有 3×3 卷积和 2×2 池化，五个模块宽度逐次增加；多数参数在第一个全连接层。'
const resnet = '模块把学到的加到输入上，使梯度能穿过数百层的网络。'

/** What each template is; names of networks are not translated. A test demands one for each. */
export const templates: Readonly<Record<string, string>> = {
  mlp: '全连接层一个接一个：最简单的带隐藏层的网络。',
  lenet5: '最早被广泛使用的卷积网络：用来识别支票上的数字。',
  alexnet: '开启图像深度学习的网络：五个卷积、ReLU、随机失活和三个全连接层。',
  vgg11: vgg,
  vgg13: vgg,
  vgg16: vgg,
  vgg19: vgg,
  googlenet: '九个 Inception 模块：几种大小的卷积并排，用 1×1 卷积使开销保持较低。',
  inceptionV3: '把大卷积核拆成小的和非对称的卷积核，处处使用批量归一化的 Inception 模块。',
  resnet18: resnet,
  resnet34: resnet,
  resnet50: resnet,
  resnet101: resnet,
  resnet152: resnet,
  mobilenetV1: '深度卷积之后接 1×1 卷积：开销只有完整卷积的八分之一。',
  mobilenetV2: '先放宽、逐通道滤波、再收窄的模块，窄的两端之间有捷径连接。',
}
