using SkiaSharp;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>The file is larger than a picture may be.</summary>
public sealed record PhotoTooLarge(int Megabytes) : Refusal;

/// <summary>The picture has more pixels than can be opened here.</summary>
public sealed record PhotoTooManyPixels(int Megapixels) : Refusal;

/// <summary>The file is no picture that can be opened: JPEG, PNG and WebP can.</summary>
public sealed record PhotoUnreadable : Refusal;

/// <summary>
/// A picture drawn anew, small: what the camera wrote beside it (place, device, owner) is not in it any more, and
/// what is no picture does not come through.
/// </summary>
/// <param name="Data">A JPEG of at most <see cref="MostBytes"/>.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record SmallPhoto(byte[] Data, int Width, int Height)
{
    public const int LongestSide = 1280;
    public const int MostBytes = 300 * 1024;
    public const int LargestFile = MostMegabytes * 1024 * 1024;
    public const string ContentType = "image/jpeg";

    private const int MostMegabytes = 10;
    private const int MostMegapixels = 40;

    /// <summary>Tried in this order until it is small enough.</summary>
    private static readonly int[] Qualities = [82, 70, 55, 40, 25];

    /// <summary>What is said of a file that need not even be read.</summary>
    public static PhotoTooLarge TooLarge => new(MostMegabytes);

    /// <summary>Draws a picture anew.</summary>
    /// <param name="file">The file as it was sent.</param>
    public static Outcome<SmallPhoto> Of(byte[] file)
    {
        if (file.Length > LargestFile) return new PhotoTooLarge(MostMegabytes);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp }) return new PhotoUnreadable();
        // Looked at before anything is unpacked: a small file can claim to be a huge picture.
        if ((long)codec.Info.Width * codec.Info.Height > MostMegapixels * 1_000_000L) return new PhotoTooManyPixels(MostMegapixels);
        var size = codec.GetScaledDimensions(Math.Min(1f, 2f * LongestSide / Math.Max(codec.Info.Width, codec.Info.Height)));
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success ? Drawn(bitmap, codec.EncodedOrigin) : new PhotoUnreadable();
    }

    private static SmallPhoto Drawn(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        var scale = Math.Min(1f, (float)LongestSide / Math.Max(bitmap.Width, bitmap.Height));
        var (width, height) = (Math.Max(1, (int)(bitmap.Width * scale)), Math.Max(1, (int)(bitmap.Height * scale)));
        var turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        using var surface = SKSurface.Create(new SKImageInfo(turned ? height : width, turned ? width : height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Concat(Upright(origin, width, height));
        using var image = SKImage.FromBitmap(bitmap);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        foreach (var quality in Qualities)
        {
            using var encoded = drawn.Encode(SKEncodedImageFormat.Jpeg, quality);
            if (encoded.Size <= MostBytes || quality == Qualities[^1]) return new(encoded.ToArray(), drawn.Width, drawn.Height);
        }

        throw new InvalidOperationException("There is always a last quality.");
    }

    /// <summary>How a picture is turned that the camera took on its side.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
