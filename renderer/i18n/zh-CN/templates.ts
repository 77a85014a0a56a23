/** What each template is; names of networks are not translated. A test demands one for each. */
export const templates: Readonly<Record<string, string>> = {
  lenet5: '最早被广泛使用的卷积网络：用来识别支票上的数字。',
}
