/** The function `read_image`, which reads a picture as the app does; what it imports; how many channels it gives. */
export const pictureImports: readonly string[] = ['from PIL import Image, ImageOps']

export const pictureText = (channels: number): string => `def read_image(path: str | Path) -> np.ndarray:
    """A picture turned as its EXIF data says, on white, stretched to the size: values from 0 to 1."""
    height, width, _ = SAMPLE_SHAPE
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    image = Image.alpha_composite(white, image).convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    pixels = np.asarray(image, np.float32) / 255
${channels === 1 ? grey : '    return pixels\n'}`

/** ITU-R BT.709's weights, of light rather than of sRGB's values; Pillow's own grey weighs the values. */
const grey = `    # As grey as the light of its colours: sRGB's values are not in proportion to light.
    light = np.where(pixels > 0.04045, ((pixels + 0.055) / 1.055) ** 2.4, pixels / 12.92)
    light = light @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return np.where(light > 0.0031308, 1.055 * light ** (1 / 2.4) - 0.055, 12.92 * light).reshape(SAMPLE_SHAPE)
`
