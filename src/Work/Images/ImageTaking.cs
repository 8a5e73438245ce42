using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Images;

/// <summary>Takes an image in: seals it part by part as it comes, each part a record of the vault.</summary>
internal sealed class ImageTaking(IVault vault, Store store, TimeProvider time)
{
    /// <summary>Largest image: 64 MiB.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>One part; its record is itself sealed in chunks of 16 KiB.</summary>
    private const int PartBytes = 1 << 20;

    /// <returns>The image's facts; null with a sentence where it is no image, or too large.</returns>
    /// <exception cref="IOException">The line broke; nothing of it is kept.</exception>
    public async Task<(ImageFacts? Facts, string? Fault)> TakeAsync(
        LabId lab, ProjectId project, Principal by, Guid import, string name, Stream body, CancellationToken cancellation)
    {
        var parts = new List<(RecordId Record, int Bytes)>();
        var (id, bytes, kept) = (RecordId.New(), 0L, false);
        ImageType? type = null;
        try
        {
            var part = new byte[PartBytes];
            for (int read; (read = await body.ReadAtLeastAsync(part, PartBytes, throwOnEndOfStream: false, cancellation)) > 0;)
            {
                type ??= ImageTypes.Of(part.AsSpan(0, Math.Min(read, ImageTypes.StartBytes)));
                bytes += read;
                if (type is null || bytes > MostBytes)
                    return (null, bytes > MostBytes ? "An image has at most 64 MiB." : "This is no PNG, JPEG, GIF or WebP image.");
                var record = RecordId.New();
                await SealAsync(lab, project, by, new SealItem(RecordKind.Image, record, part.AsMemory(0, read), ExpectedVersion: 0));
                parts.Add((record, read));
            }

            if (type is null)
                return (null, "This is no PNG, JPEG, GIF or WebP image.");
            var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedName(1, name), SealedJson.Shapes.SealedName);
            await SealAsync(lab, project, by, new SealItem(RecordKind.Image, id, plaintext, ExpectedVersion: 0));
            await KeepAsync(lab, project, import, new ImageFacts(id.Value, type.Value, name, bytes), parts);
            kept = true;
            return (new ImageFacts(id.Value, type.Value, name, bytes), null);
        }
        finally
        {
            if (!kept && parts.Count > 0)
                await vault.RemoveAsync(lab, project, by, [.. parts.Select(part => new RecordRef(RecordKind.Image, part.Record)), new(RecordKind.Image, id)], CancellationToken.None);
        }
    }

    private async Task SealAsync(LabId lab, ProjectId project, Principal by, SealItem record)
    {
        if (await vault.SealAsync(new SealRequest(lab, project, by, [record]), CancellationToken.None) is not SealOutcome.Sealed)
            throw new InvalidOperationException("A new record could not be sealed.");
    }

    private async Task KeepAsync(LabId lab, ProjectId project, Guid import, ImageFacts image, List<(RecordId Record, int Bytes)> parts)
    {
        var mark = (await vault.FingerprintAsync(lab, project, [ImportImages.Mark(image.Name)]))[0];
        await using var connection = await store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.Command(
            "INSERT INTO image (id, project, import, name, type, bytes, created_at) VALUES (@id, @project, @import, @name, @type, @bytes, @now)",
            ("@id", image.Id), ("@project", project.Value), ("@import", import), ("@name", mark), ("@type", (short)image.Type), ("@bytes", image.Bytes), ("@now", time.GetUtcNow()));
        await insert.ExecuteNonQueryAsync();
        for (var i = 0; i < parts.Count; i++)
        {
            await using var part = connection.Command(
                "INSERT INTO image_part (image, ordinal, record, bytes) VALUES (@image, @ordinal, @record, @bytes)",
                ("@image", image.Id), ("@ordinal", i), ("@record", parts[i].Record.Value), ("@bytes", (long)parts[i].Bytes));
            await part.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
