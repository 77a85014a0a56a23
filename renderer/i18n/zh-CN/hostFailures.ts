import type { hostFailures as texts } from '#shared/hostFailures'

/** By code, with the placeholders of the English text: the compiler demands one for each. */
export const hostFailures: Readonly<Record<keyof typeof texts, string>> = {
  openGone: '无法打开 {file}：它已不存在。请把它放回，或另选一个。',
  fileGone: '无法{action} {file}：它已不存在。请重新选择，或以其他名称保存。',
  noPermission: '无法{action} {file}：系统不允许。请选择其他位置或更改权限。',
  diskFull: '无法{action} {file}：磁盘已满。请腾出空间后重试；原来的文件没有改变。',
  folderThere: '无法{action} {file}：应为文件的位置是文件夹，或者相反。请选择其他名称。',
  longForDisk: '无法{action} {file}：名称对此磁盘来说过长。请选择较短的名称。',
  fileFault: '无法{action} {file}：{reason}',

  nameHolds: '文件名 {name} 含有 {character}。请使用普通的名称，例如“数字.netloom”。',
  nameEmpty: '文件名 {name} 是空的。请使用普通的名称，例如“数字.netloom”。',
  nameEnds: '文件名 {name} 以点或空格开头或结尾。请使用普通的名称，例如“数字.netloom”。',
  nameReserved: '文件名 {name} 为 Windows 所保留。请使用普通的名称，例如“数字.netloom”。',
  nameLong: '文件名 {name} 超过 200 字节。请使用普通的名称，例如“数字.netloom”。',

  notProjectFile: '{name} 不是 .netloom 文件。',
  notGranted: '此文件不是通过对话框打开的，或打开得太久了。请重新打开，或使用“另存为”。',
  projectTooLarge: '{name} 有 {size} 字节，超过了项目的上限 {max} 字节。',
  noDialogs: '这里没有文件对话框。请选择工作区中的文件，或上传文件。',
  outside: '{path} 在工作区 {root} 之外。请通过文件对话框选择它，或把它复制到工作区。',

  dataOutsideChoose: '项目要求的数据 {path} 在工作区之外。请在数据面板中选择它，由您来允许使用。',
  dataOutsideUpload: '项目要求的数据 {path} 在工作区之外。请在数据面板中上传它，或复制到 {root}，由您来允许使用。',
  unknownReference: '数据引用 {spec} 的类型未知。请重新选择数据集。',
  unknownFile:
    '从名称看，{name} 不是 Netloom 认识的数据。请选择表格（.csv、.tsv、.txt）、NumPy 数组（含样本的 .npy、.npz）、MNIST 格式的图像（…-idx3-ubyte）、CIFAR 的二进制批次（.bin 或其文件夹），或每类一个图片文件夹的文件夹。',
  notBase64: '{name} 的内容不是 base64。请重新上传。',

  connectionLost: '与 Netloom 的连接已断开。请重新启动它，并打开它打印的地址；此浏览器会保留未保存的内容。',
  manyFiles: '文件夹 {name} 有 {count} 个文件，最多可上传 {max} 个。请把它复制到 {root}/data，然后在工作区列表中选择。',
  largeFolder: '文件夹 {name} 超过 {max} GB。请把它复制到 {root}/data，然后在工作区列表中选择。',
  noDataFolder:
    '文件夹 {name} 中没有 Netloom 认识的数据。需要每类一个 PNG、JPEG 或 WebP 图片文件夹，或表格（.csv）、NumPy 数组、CIFAR 批次等文件。',
  uploadOver: '这次上传已结束。请重新选择文件夹。',
  unknownRequest: '没有请求 {name}。如果 Netloom 已更新，请重新加载页面。',
  badArguments: '{name} 收到的参数在 {place} 处不符合预期：{reason}',
  failedUnexpectedly: '{name} 意外失败：{reason}',
  foreignSender: '只有 Netloom 的窗口可以发出请求。',

  notAProject: '这不是 Netloom 项目：{reason}。请打开由 Netloom 保存的文件。',
  projectTooNew: '此项目由更新的版本保存（格式 {format}；此版本最高读取 {newest}）。请更新 Netloom。',
  migrationFailed: '格式为 {from} 的项目无法更新到当前格式：{reason}。',
  invalidProject: '项目在 {path} 处的值无效：{reason}。',
}
