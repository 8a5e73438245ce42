namespace Cofferdam.Work.Images;

/// <summary>What an image is, told from its first bytes and never from its name.</summary>
internal static class ImageTypes
{
    /// <summary>As many first bytes as are looked at.</summary>
    public const int StartBytes = 12;

    /// <returns>Null where it is none that is served.</returns>
    public static ImageType? Of(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? ImageType.Png
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ImageType.Jpeg
        : start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? ImageType.Gif
        : start.Length >= StartBytes && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8) ? ImageType.Webp
        : null;

    public static string MediaType(this ImageType type) => type switch
    {
        ImageType.Png => "image/png",
        ImageType.Jpeg => "image/jpeg",
        ImageType.Gif => "image/gif",
        ImageType.Webp => "image/webp",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
