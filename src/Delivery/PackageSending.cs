using Cofferdam.Package;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Delivery;

/// <summary>Sends a package part by part, and stops where a suspension reaches it: a slow reader must not go on after it.</summary>
internal sealed class PackageSending(IVault vault, Actor actor, ProjectId project, Guid delivery, Guid destination)
{
    private const int PartBytes = 64 * 1024;

    /// <param name="key">Base64; null where the file lies encrypted to its recipient and is sent as it is.</param>
    /// <param name="context">Aborted where the package is not sent to its end, so that a part is not taken for the whole.</param>
    public async Task SendAsync(string path, string? key, Stream body, HttpContext context, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        await using var package = key is null ? file : await SealedFile.OpenAsync(file, Convert.FromBase64String(key), cancellation);
        var part = new byte[PartBytes];
        for (int read; (read = await package.ReadAsync(part, cancellation)) > 0;)
        {
            if (await vault.StoppingAsync(actor, project, cancellation) is not null || await vault.IsStoppedAsync(actor.Lab, destination, cancellation))
            {
                await vault.RecordRefusalAsync(
                    new RefusalNote(actor.Lab, actor.Principal, RefusalReason.Suspended, [delivery], actor.Session), CancellationToken.None);
                context.Abort();
                return;
            }

            await body.WriteAsync(part.AsMemory(0, read), cancellation);
        }
    }
}
