using System.Text;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Images;

/// <summary>What an item says of its image.</summary>
internal sealed record ImageFacts(Guid Id, ImageType Type, string Name, long Bytes)
{
    /// <summary>Longest name of a file.</summary>
    public const int LongestName = 500;

    /// <summary>Most bytes that <see cref="AddTo"/> adds.</summary>
    public const int MostBytes = 4096;

    /// <summary>An item's JSON with its image in it, before its other fields.</summary>
    /// <param name="item">It begins with its version.</param>
    public byte[] AddTo(ReadOnlySpan<byte> item)
    {
        using var added = new MemoryStream(item.Length + 256);
        added.Write(SealedJson.Version);
        added.Write("\"image\":"u8);
        using (var json = new Utf8JsonWriter(added, new JsonWriterOptions { Encoder = SealedJson.Shapes.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, Id);
            json.WriteString("type"u8, Type.MediaType());
            json.WriteString("name"u8, Name);
            json.WriteNumber("bytes"u8, Bytes);
            json.WriteEndObject();
        }

        added.WriteByte((byte)',');
        added.Write(item[SealedJson.Version.Length..]);
        return added.ToArray();
    }
}

/// <summary>The images that came with an import, found by their names.</summary>
internal sealed class ImportImages
{
    private readonly Dictionary<string, (Guid Id, ImageType Type, long Bytes)> images = new(StringComparer.Ordinal);
    private readonly IVault vault;
    private readonly LabId lab;
    private readonly ProjectId project;

    private ImportImages(IVault vault, LabId lab, ProjectId project) => (this.vault, this.lab, this.project) = (vault, lab, project);

    public static async Task<ImportImages> OfAsync(IVault vault, Store store, LabId lab, ProjectId project, Guid import, CancellationToken cancellation)
    {
        var found = new ImportImages(vault, lab, project);
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command("SELECT name, id, type, bytes FROM image WHERE import = @import", ("@import", import));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.images[Convert.ToHexString((byte[])reader.GetValue(0))] = (reader.Id(1), (ImageType)reader.GetInt16(2), reader.GetInt64(3));
        return found;
    }

    public static ReadOnlyMemory<byte> Mark(string name) => Encoding.UTF8.GetBytes("image\n" + name);

    /// <summary>By the whole name, or by what follows the last slash of a path.</summary>
    public async ValueTask<ImageFacts?> FindAsync(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach (var mark in await vault.FingerprintAsync(lab, project, last.Length == name.Length ? [Mark(name)] : [Mark(name), Mark(last)]))
        {
            if (images.TryGetValue(Convert.ToHexString(mark), out var image))
                return new ImageFacts(image.Id, image.Type, name, image.Bytes);
        }

        return null;
    }
}
