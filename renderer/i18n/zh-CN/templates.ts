/** What each template is; names of networks are not translated. A test demands one for each. */
export const templates: Readonly<Record<string, string>> = {
  mlp: '全连接层一个接一个：最简单的带隐藏层的网络。',
  lenet5: '最早被广泛使用的卷积网络：用来识别支票上的数字。',
  vgg16: '只有 3×3 卷积和 2×2 池化，五个模块宽度逐次加倍；多数参数在第一个全连接层。',
  googlenet: '九个 Inception 模块：几种大小的卷积并排，用 1×1 卷积使开销保持较低。',
  resnet18: '模块把学到的加到输入上，使梯度能穿过数百层的网络。',
  resnet50: '模块把学到的加到输入上，使梯度能穿过数百层的网络。',
}
